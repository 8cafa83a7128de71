package validate

import (
	"fmt"
	"strings"
)

// Right is one thing that the checks may need to do, and whether the user may.
type Right struct {
	Verb, Group, Resource string // such as get, "", services/proxy
	For                   string // what it is needed for
	Needed                bool   // without it the chain can't be judged
	Allowed               bool
}

func (r *Right) String() string {
	resource := r.Resource
	if r.Group != "" {
		resource, sub, _ := strings.Cut(r.Resource, "/")
		resource += "." + r.Group
		if sub != "" {
			resource += "/" + sub
		}
		return r.Verb + " " + resource
	}
	return r.Verb + " " + resource
}

// NeededRights are the rights to ask for. They are those of the read-only Role that `generate --rbac` prints.
func NeededRights() []Right {
	return []Right{
		{Verb: "list", Resource: "pods", For: "the state of the links", Needed: true},
		{Verb: "list", Group: "apps", Resource: "deployments", For: "the state of the links", Needed: true},
		{Verb: "list", Group: "apps", Resource: "replicasets", For: "the state of the links", Needed: true},
		{Verb: "list", Resource: "services", For: "drift and endpoints", Needed: true},
		{Verb: "list", Group: "discovery.k8s.io", Resource: "endpointslices", For: "endpoints", Needed: true},
		{Verb: "list", Resource: "configmaps", For: "releases and the order", Needed: true},
		{Verb: "get", Resource: "services/proxy", For: "the request and its trace", Needed: true},
		{Verb: "list", Resource: "events", For: "reasons of failures"},
		{Verb: "get", Resource: "pods/log", For: "reasons of failures"},
		{Verb: "list", Group: "networking.k8s.io", Resource: "networkpolicies", For: "drift"},
	}
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
				Hint:    "chaintui generate --rbac --read-only prints the least Role that suffices"})
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
