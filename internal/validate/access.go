package validate

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/kube"
)

// Right is one thing that the checks may need to do, and whether the user may.
type Right struct {
	kube.Right
	For     string // what it is needed for
	Needed  bool   // without it the chain can't be judged
	Allowed bool
}

// NeededRights are the rights to ask for. They are among those of the read-only Role that `generate --rbac` prints.
func NeededRights() []Right {
	var rights []Right
	for _, kind := range []Right{
		{Right: kube.Right{Resource: "pods"}, For: "the state of the links", Needed: true},
		{Right: kube.Right{Group: "apps", Resource: "deployments"}, For: "the state of the links", Needed: true},
		{Right: kube.Right{Group: "apps", Resource: "replicasets"}, For: "the state of the links", Needed: true},
		{Right: kube.Right{Resource: "services"}, For: "drift and endpoints", Needed: true},
		{Right: kube.Right{Group: "discovery.k8s.io", Resource: "endpointslices"}, For: "endpoints", Needed: true},
		{Right: kube.Right{Resource: "configmaps"}, For: "releases and the order", Needed: true},
		{Right: kube.Right{Resource: "events"}, For: "reasons of failures"},
	} {
		for _, kind.Verb = range []string{"list", "watch"} {
			rights = append(rights, kind)
		}
	}
	return append(rights,
		Right{Right: kube.Right{Verb: "get", Resource: "services", Subresource: "proxy"}, For: "the request and its trace", Needed: true},
		Right{Right: kube.Right{Verb: "get", Resource: "pods", Subresource: "log"}, For: "reasons of failures"},
		Right{Right: kube.Right{Verb: "list", Group: "networking.k8s.io", Resource: "networkpolicies"}, For: "drift"},
	)
}

// CheckAccess judges what the user may do in the namespace. err is why that could not be asked.
func CheckAccess(rights []Right, namespace, who string, err error) Verdict {
	if err != nil {
		return skip(Access, "the API server answers; rights could not be asked for: "+err.Error())
	}
	var missing []Finding
	var less []string
	for i := range rights {
		r := &rights[i]
		switch {
		case r.Allowed:
		case r.Needed:
			missing = append(missing, Finding{Link: -1, Reason: "Forbidden",
				Message: fmt.Sprintf("you may not %s in namespace %s, which is needed for %s", r, namespace, r.For),
				Hint:    "who may make Roles gives you the least that suffices: " + grant(namespace, who)})
		default:
			less = append(less, r.String())
		}
	}
	if len(missing) > 0 {
		return fail(Access, missing...)
	}
	reason := "the API server answers, and every right is there"
	if who != "" {
		reason = "the API server answers " + who + ", and every right is there"
	}
	if len(less) > 0 {
		reason = "the API server answers; reports say less without the right to " + strings.Join(less, ", ")
	}
	return pass(Access, reason)
}

// grant is what gives somebody the rights.
func grant(namespace, who string) string {
	if who == "" {
		who = "NAME"
	}
	return fmt.Sprintf("chaintui generate --rbac --read-only -n %s --user %s | kubectl apply -f -", namespace, who)
}
