package kube

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var pods = schema.GroupResource{Resource: "pods"}

// The texts are those that a real API server sent, version 1.36.
func TestClassify(t *testing.T) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 6443}, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	forbid := func(message string) error {
		return &apierrors.StatusError{ErrStatus: metav1.Status{Code: 403, Reason: metav1.StatusReasonForbidden, Message: message,
			Details: &metav1.StatusDetails{Kind: "pods"}}}
	}
	conflict := apierrors.NewApplyConflict([]metav1.StatusCause{
		{Type: metav1.CauseTypeFieldManagerConflict, Message: `conflict with "kubectl-edit" using apps/v1`, Field: ".spec.replicas"},
		{Type: metav1.CauseTypeFieldManagerConflict, Message: `conflict with "kubectl-edit" using apps/v1 at 2026-01-02T03:04:05Z`, Field: ".spec.paused"},
		{Type: metav1.CauseTypeFieldManagerConflict, Message: `conflict with "hpa" with subresource "scale" using apps/v1`, Field: ".spec.replicas"},
	}, "Apply failed with 3 conflicts")
	for _, c := range []struct {
		name string
		err  error
		is   func(error) bool
		says string
	}{
		{"refused", &url.Error{Op: "Get", URL: "https://127.0.0.1:6443/x", Err: refused}, Is[*Unreachable], "can't be reached: 127.0.0.1:6443: connect: connection refused"},
		{"no answer", &url.Error{Op: "Get", URL: "https://x", Err: context.DeadlineExceeded}, Is[*Unreachable], "no answer in time"},
		{"balancer without a server", apierrors.NewServiceUnavailable("try later"), Is[*Unreachable], "try later"},
		{"expired", apierrors.NewUnauthorized("Unauthorized"), Is[*Unauthorized], "log in again"},
		{"plugin", &url.Error{Op: "Get", URL: "https://x", Err: errors.New("getting credentials: exec: executable nothing failed with exit code 1")}, Is[*Unauthorized],
			"the kubeconfig's credential plugin gives no credentials: exec: executable nothing failed"},
		{"rbac", forbid(`pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "demo"`),
			Is[*Forbidden], "you may not list pods in namespace demo as dev"},
		{"rbac of one object", forbid(`deployments.apps "chain-link-deployment-0" is forbidden: User "dev" cannot patch resource "deployments/scale" in API group "apps" in the namespace "demo": RBAC: role.rbac.authorization.k8s.io "x" not found`),
			Is[*Forbidden], `you may not patch deployments/scale.apps "chain-link-deployment-0" in namespace demo as dev`},
		{"rbac of the cluster", forbid(`namespaces is forbidden: User "dev" cannot create resource "namespaces" in API group "" at the cluster scope`),
			Is[*Forbidden], "you may not create namespaces as dev"},
		{"quota", forbid(`pods "x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2`), Is[*Refused], "refused by quota"},
		{"pod security", forbid(`pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false`), Is[*Refused], "refused by Pod Security"},
		{"webhook", forbid(`admission webhook "no.example.com" denied the request: no`), Is[*Refused], "refused by admission"},
		{"invalid", apierrors.NewInvalid(schema.GroupKind{Kind: "Pod"}, "x", nil), Is[*Refused], "refused by validation"},
		{"conflict", conflict, Is[*Conflict], `also managed by kubectl-edit, hpa: .spec.replicas, .spec.paused;`},
		{"changed in between", apierrors.NewConflict(pods, "x", errors.New("the object has been modified")), Is[*Conflict], "has been modified"},
		{"not found", apierrors.NewNotFound(pods, "x"), apierrors.IsNotFound, "not found"},
		{"exists", apierrors.NewAlreadyExists(pods, "x"), apierrors.IsAlreadyExists, "already exists"},
		{"cancelled", context.Canceled, func(err error) bool { return errors.Is(err, context.Canceled) }, "canceled"},
		{"control characters", &url.Error{Op: "Get", Err: errors.New("bad \x1b[2J\nthing")}, Is[*Unreachable], "bad  thing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Classify(c.err)
			if !c.is(got) || !strings.Contains(got.Error(), c.says) {
				t.Errorf("got %T: %v\nwant … %s …", got, got, c.says)
			}
			if again := Classify(fmt.Errorf("while deploying: %w", got)); !c.is(again) {
				t.Errorf("wrapped and classified again: %T", again)
			}
			if !errors.Is(got, c.err) {
				t.Error("the cause is lost")
			}
		})
	}
	if Classify(nil) != nil {
		t.Error("no error became one")
	}
}

func FuzzForbidden(f *testing.F) {
	f.Add(`pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "demo"`)
	f.Fuzz(func(t *testing.T, message string) {
		if got, ok := parseForbidden(message); ok && (got.Verb == "" || got.Resource == "") {
			t.Errorf("%q: %+v", message, got)
		}
	})
}

const twoContexts = `apiVersion: v1
kind: Config
current-context: one
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: dev, user: {token: x}}]
contexts: [{name: one, context: {cluster: c, user: dev, namespace: mine}}, {name: two, context: {cluster: c, user: dev}}]
`

func TestConnect(t *testing.T) {
	t.Setenv("KUBECONFIG", "")
	t.Setenv("HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(twoContexts), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Connect(Options{Kubeconfig: path})
	if err != nil || c.Context != "one" || c.User != "dev" || c.Namespace != "chain-link" || c.Config.QPS != -1 {
		t.Fatalf("got %+v, %v", c, err)
	}
	if _, base := c.ServiceProxy("zipkin-service", 80); base != "https://127.0.0.1:1/api/v1/namespaces/chain-link/services/zipkin-service:80/proxy" {
		t.Errorf("service proxy: %s", base)
	}
	if contexts, err := Contexts(Options{Kubeconfig: path}); err != nil || !slices.Equal(contexts, []string{"one", "two"}) {
		t.Errorf("contexts: %+v, %v", contexts, err)
	}
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		opts Options
		is   func(error) bool
		says string
	}{
		{"unknown context", Options{Kubeconfig: path, Context: "three"}, Is[*NoContext], `no context "three" in the kubeconfig: it has one, two`},
		{"no kubeconfig at all", Options{}, Is[*NoContext], "no cluster is configured"},
		{"a context without a kubeconfig", Options{Context: "x"}, Is[*NoContext], `no context "x"`},
		{"a file that is not there", Options{Kubeconfig: path + "x"}, Is[*BadConfig], "does not exist"},
		{"a file that is none", Options{Kubeconfig: broken}, Is[*BadConfig], "can't be used"},
	} {
		if _, err := Connect(c.opts); err == nil || !c.is(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %T: %v", c.name, err, err)
		}
	}
}
