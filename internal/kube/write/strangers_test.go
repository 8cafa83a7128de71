package write

import (
	"slices"
	"strings"
	"testing"

	apidiscovery "k8s.io/api/apidiscovery/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

func TestStrangers(t *testing.T) {
	object := func(kind, name string, labels map[string]string, owner types.UID) inhabitant {
		o := inhabitant{kind, metav1.ObjectMeta{Name: name, Labels: labels, UID: types.UID(kind + name)}}
		if owner != "" {
			o.meta.OwnerReferences = []metav1.OwnerReference{{UID: owner}}
		}
		return o
	}
	token := object("secret", "default-token-x1", nil, "")
	token.meta.Annotations = map[string]string{"kubernetes.io/service-account.name": "default"}
	theirToken := object("secret", "robot-token", nil, "")
	theirToken.meta.Annotations = map[string]string{"kubernetes.io/service-account.name": "robot"}
	labels := manifests.Labels("demo")
	chains := []inhabitant{
		object("pod", "a-rs-1", nil, "replicaseta-rs"), object("replicaset", "a-rs", nil, "deploymenta"), // before who owns them
		object("deployment", "a", labels, ""), object("service", "a", labels, ""), object("configmap", chain.ReleaseName(1), labels, ""),
		object("pod", "old-1", map[string]string{"app": chain.App}, "replicasetgone"),
		object("configmap", "kube-root-ca.crt", nil, ""), object("serviceaccount", "default", nil, ""), token,
		object("secret", "default-pull", nil, "serviceaccountdefault"), object("rolebinding", "system:deployers", nil, ""),
	}
	if got := strangers("demo", chains); len(got) > 0 {
		t.Errorf("%q are nobody else's", got)
	}
	theirs := []inhabitant{
		object("secret", "password", nil, ""), object("persistentvolumeclaim", "data", nil, ""), object("widget", "w", nil, ""),
		object("deployment", "web", manifests.Labels("another"), ""), object("replicaset", "web-1", nil, "deploymentweb"),
		object("serviceaccount", "robot", nil, ""), theirToken, object("configmap", "default", map[string]string{"app": chain.App}, ""),
	}
	got := strangers("demo", slices.Concat(theirs, chains, theirs))
	want := "configmap/default deployment/web persistentvolumeclaim/data replicaset/web-1 secret/password secret/robot-token serviceaccount/robot widget/w"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestKindsThatAreLookedAt(t *testing.T) {
	resource := func(name, kind string, scope apidiscovery.ResourceScope, verbs ...string) apidiscovery.APIResourceDiscovery {
		return apidiscovery.APIResourceDiscovery{Resource: name, ResponseKind: &metav1.GroupVersionKind{Kind: kind}, Scope: scope, Verbs: verbs}
	}
	all := []string{"get", "list", "create", "delete"}
	in, of := apidiscovery.ScopeNamespace, apidiscovery.ScopeCluster
	group := func(name string, versions ...apidiscovery.APIVersionDiscovery) apidiscovery.APIGroupDiscovery {
		return apidiscovery.APIGroupDiscovery{ObjectMeta: metav1.ObjectMeta{Name: name}, Versions: versions}
	}
	version := func(name string, resources ...apidiscovery.APIResourceDiscovery) apidiscovery.APIVersionDiscovery {
		return apidiscovery.APIVersionDiscovery{Version: name, Resources: resources}
	}
	down := version("v1alpha1")
	down.Freshness = apidiscovery.DiscoveryFreshnessStale
	kinds, unseen := listable([]apidiscovery.APIGroupDiscovery{
		group("", version("v1", resource("secrets", "Secret", in, all...), resource("events", "Event", in, all...),
			resource("bindings", "Binding", in, "create"), resource("nodes", "Node", of, all...))),
		group("metrics.k8s.io", version("v1beta1", resource("pods", "PodMetrics", in, "get", "list"))),
		group("example.com", version("v2", resource("widgets", "Widget", in, all...)),
			version("v1", resource("widgets", "Widget", in, all...), resource("gears", "Gear", in, all...))),
		group("gone.example.com", down),
	})
	var got []string
	for _, k := range kinds {
		got = append(got, k.kind+" "+k.resource.GroupVersion().String()+" "+k.resource.Resource)
	}
	if want := "secret v1 secrets, widget example.com/v2 widgets, gear example.com/v1 gears"; strings.Join(got, ", ") != want {
		t.Errorf("%q; want %s", got, want)
	}
	if len(unseen) != 1 || !strings.Contains(unseen[0], "gone.example.com/v1alpha1") {
		t.Errorf("unseen: %q", unseen)
	}
}

func TestANamespaceThatIsNotWhollySeenStays(t *testing.T) {
	c := deployed(t, testSpec(2), 1)
	c.Unseen = []string{"you may not list secrets in namespace demo"}
	p, err := MakeDelete(c)
	if err != nil || p.DeleteNamespace || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "you may not list secrets") {
		t.Errorf("%v, %q, %v", p.DeleteNamespace, p.Warnings, err)
	}
}

// A release that came after the one of a deletion is seen, whatever else is there.
func TestNewestIn(t *testing.T) {
	named := func(kind, name string) inhabitant { return inhabitant{kind, metav1.ObjectMeta{Name: name}} }
	found := []inhabitant{named("configmap", "chain-link-release-9"), named("configmap", "chain-link-release-10"), named("secret", "chain-link-release-11"), named("configmap", "chain-link-release-x"), named("configmap", "other")}
	if n := newestIn(found); n != 10 {
		t.Errorf("release %d", n)
	}
	if n := newestIn(nil); n != 0 {
		t.Errorf("release %d of none", n)
	}
}
