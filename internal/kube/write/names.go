package write

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// The names by which objects of the original's tool are recognised: it puts no labels on most of them.

func isDeploymentName(name string) bool {
	i, ok := chain.Index(name)
	return ok && name == chain.DeploymentName(i) || name == chain.CollectorDeployment || name == chain.LoadGenerator
}

func isServiceName(name string) bool {
	i, ok := chain.Index(name)
	return ok && name == chain.ServiceName(i) || name == chain.CollectorService || name == chain.LoadGenerator
}

func isPolicyName(name string) bool {
	i, ok := chain.Index(name)
	return ok && name == chain.InstanceName(i) || name == "zipkin" || name == chain.LoadGenerator
}

// linkOf is the index of the link that an object belongs to, by its name; -1 when it belongs to none.
func linkOf(id manifests.ID) int {
	if i, ok := chain.Index(id.Name); ok {
		return i
	}
	return -1
}

// ownsReplicas tells whether chaintui manages the Deployment's spec.replicas by server-side apply.
func ownsReplicas(d *appsv1.Deployment) bool {
	return slices.ContainsFunc(d.ManagedFields, func(m metav1.ManagedFieldsEntry) bool {
		return m.Manager == chain.Manager && m.Operation == metav1.ManagedFieldsOperationApply && m.Subresource == "" &&
			m.FieldsV1 != nil && strings.Contains(m.FieldsV1.GetRawString(), `"f:replicas"`)
	})
}

// sortIDs sorts by kind and name, links by their index.
func sortIDs(ids []manifests.ID) {
	slices.SortFunc(ids, func(a, b manifests.ID) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(linkOf(a), linkOf(b)), cmp.Compare(a.Name, b.Name))
	})
}

// releaseNumber is the number in a release's name.
func releaseNumber(name string) (int, bool) {
	digits, ok := strings.CutPrefix(name, chain.ReleasePrefix)
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n > 0
}
