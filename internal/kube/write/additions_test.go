package write

import (
	"slices"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// What others add to a Deployment's pods is told with who did; what is ours, a controller's, or elsewhere is not.
func TestWhatOthersHaveAdded(t *testing.T) {
	entry := func(manager string, operation metav1.ManagedFieldsOperationType, pod string) metav1.ManagedFieldsEntry {
		return metav1.ManagedFieldsEntry{Manager: manager, Operation: operation,
			FieldsV1: metav1.NewFieldsV1(`{"f:spec":{"f:template":{"f:metadata":{"f:annotations":{"f:restartedAt":{}}},"f:spec":` + pod + `}}}`)}
	}
	container := func(fields string) string {
		return `{"f:containers":{"k:{\"name\":\"chain-link\"}":{".":{},` + fields + `}}}`
	}
	ours := entry(chain.Manager, metav1.ManagedFieldsOperationApply, container(`"f:image":{},"f:env":{"k:{\"name\":\"A\"}":{".":{},"f:name":{},"f:value":{}}}`))
	for _, c := range []struct {
		name    string
		entries []metav1.ManagedFieldsEntry
		want    []string
	}{
		{"nobody else", []metav1.ManagedFieldsEntry{ours}, nil},
		{"a variable", []metav1.ManagedFieldsEntry{ours, entry("kubectl-set", metav1.ManagedFieldsOperationUpdate, container(`"f:env":{"k:{\"name\":\"B\"}":{".":{},"f:name":{},"f:value":{}}}`))},
			[]string{`.spec.template.spec.containers[name="chain-link"].env[name="B"] of kubectl-set`}},
		{"arguments and the host's network", []metav1.ManagedFieldsEntry{ours, entry("kubectl-patch\x1b[2J", metav1.ManagedFieldsOperationUpdate, `{"f:hostNetwork":{},`+container(`"f:args":{}`)[1:])},
			[]string{`.spec.template.spec.containers[name="chain-link"].args of kubectl-patch`, `.spec.template.spec.hostNetwork of kubectl-patch`}},
		{"a restart is nothing of the pod's", []metav1.ManagedFieldsEntry{ours, entry("kubectl-rollout", metav1.ManagedFieldsOperationUpdate, `{}`)}, nil},
		{"not applied by chaintui", []metav1.ManagedFieldsEntry{entry("kubectl", metav1.ManagedFieldsOperationUpdate, container(`"f:args":{}`))}, nil},
	} {
		if got := additions(c.entries); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}
