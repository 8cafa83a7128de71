package write

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
)

// inhabitant is an object in the chain's namespace, of any kind.
type inhabitant struct {
	kind string // in lower case, such as secret
	meta metav1.ObjectMeta
}

func (o inhabitant) String() string { return o.kind + "/" + o.meta.Name }

// provided are objects that every namespace is given, by Kubernetes and by some of what runs on it: OpenShift, Istio, GKE.
var provided = []string{
	"configmap/kube-root-ca.crt", "configmap/openshift-service-ca.crt", "configmap/istio-ca-root-cert",
	"serviceaccount/default", "serviceaccount/builder", "serviceaccount/deployer",
	"resourcequota/gke-resource-quotas",
}

// strangers are the objects that are neither the chain's, nor given to every namespace, nor owned by one of these. Whoever
// deletes the namespace deletes them. It is pure.
func strangers(namespace string, found []inhabitant) []string {
	known := map[types.UID]bool{}
	for _, o := range found {
		if ofChain(o, namespace) || isProvided(o) {
			known[o.meta.UID] = true
		}
	}
	for grown := true; grown; { // what is owned may come before its owner
		grown = false
		for _, o := range found {
			owned := slices.ContainsFunc(o.meta.OwnerReferences, func(r metav1.OwnerReference) bool { return known[r.UID] })
			if owned && !known[o.meta.UID] {
				known[o.meta.UID], grown = true, true
			}
		}
	}
	var list []string
	for _, o := range found {
		if !known[o.meta.UID] {
			list = append(list, o.String())
		}
	}
	slices.Sort(list)
	return slices.Compact(list) // some kinds are served by two API groups
}

// ofChain tells whether an object is the chain's by its labels. The original's tool gave its pods one of their own.
func ofChain(o inhabitant, namespace string) bool {
	if o.kind == "pod" || o.kind == "replicaset" {
		return ours(o.meta.Labels, namespace) || o.meta.Labels["app"] == chain.App
	}
	return ours(o.meta.Labels, namespace)
}

func isProvided(o inhabitant) bool {
	switch account := "serviceaccount/" + o.meta.Annotations[corev1.ServiceAccountNameKey]; {
	case o.kind == "secret" && slices.Contains(provided, account): // its token, which older clusters make
		return true
	case o.kind == "rolebinding" && strings.HasPrefix(o.meta.Name, "system:"):
		return true
	}
	return slices.Contains(provided, o.String())
}
