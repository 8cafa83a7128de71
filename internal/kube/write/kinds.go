package write

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	apidiscovery "k8s.io/api/apidiscovery/v2"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// listed is a kind whose objects are looked for.
type listed struct {
	resource schema.GroupVersionResource
	kind     string // in lower case, such as secret
}

// made are kinds whose objects controllers write about others: whoever has one of these has a Service, Pod or the like.
var made = []string{"events", "endpoints", "endpointslices"}

// kinds asks the API server which kinds of objects it has in namespaces: all groups in two answers, as Kubernetes gives them
// since 1.30. What it can't tell is in unseen.
func (w *Writer) kinds(ctx context.Context) (kinds []listed, unseen []string, err error) {
	for _, root := range []string{"/api", "/apis"} {
		var groups apidiscovery.APIGroupDiscoveryList
		err := w.patiently(ctx, "ask for the kinds of objects", func(ctx context.Context) error {
			data, err := raw(w.cluster.Client.Core().Get().AbsPath(root).
				SetHeader("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json").Do(ctx))
			if err != nil {
				return err
			}
			return json.Unmarshal(data, &groups)
		})
		if err != nil {
			return nil, nil, err
		}
		if groups.Kind != "APIGroupDiscoveryList" { // an older server answers what it knows instead
			unseen = append(unseen, fmt.Sprintf("the API server does not tell its kinds in %s: it answers %q", root, groups.Kind))
			continue
		}
		more, unknown := listable(groups.Items)
		kinds, unseen = append(kinds, more...), append(unseen, unknown...)
	}
	return kinds, unseen, nil
}

// listable are the namespaced kinds that can be listed and deleted, each in the version that its group prefers of those that
// have it: what can't be deleted, such as a pod's metrics, is no object that somebody put there. A group whose server
// does not answer is unseen.
func listable(groups []apidiscovery.APIGroupDiscovery) (kinds []listed, unseen []string) {
	for _, group := range groups {
		known := map[string]bool{}
		for _, version := range group.Versions { // the preferred one is the first
			v := schema.GroupVersion{Group: group.Name, Version: version.Version}
			if version.Freshness == apidiscovery.DiscoveryFreshnessStale {
				unseen = append(unseen, fmt.Sprintf("objects of %s can't be listed: the server of that API does not answer", v))
			}
			for _, r := range version.Resources {
				namespaced := r.Scope == apidiscovery.ScopeNamespace && r.ResponseKind != nil
				if known[r.Resource] || !namespaced || slices.Contains(made, r.Resource) {
					continue
				}
				known[r.Resource] = true
				if slices.Contains(r.Verbs, "list") && slices.Contains(r.Verbs, "delete") {
					kinds = append(kinds, listed{v.WithResource(r.Resource), strings.ToLower(r.ResponseKind.Kind)})
				}
			}
		}
	}
	return kinds, unseen
}
