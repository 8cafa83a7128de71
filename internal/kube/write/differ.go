package write

import (
	"encoding/json"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
)

// holds tells whether a live object already has every field of a desired one with the same value: then applying it would
// change nothing. Both are JSON. Fields that only the live object has are the server's defaults or other managers'.
func holds(live, desired []byte) bool {
	var have, want any
	if json.Unmarshal(live, &have) != nil || json.Unmarshal(desired, &want) != nil {
		return false
	}
	return covers(have, sayable(have, want))
}

// sayable is a desired object without what a live one need not say: objects out of a typed list don't tell what they are,
// the API server leaves out that a Deployment is not paused, and a ConfigMap without the key has no faults either.
func sayable(have, want any) any {
	object, ok := want.(map[string]any)
	if !ok {
		return want
	}
	delete(object, "apiVersion")
	delete(object, "kind")
	live, _ := have.(map[string]any)
	for _, silent := range []struct {
		part, field string
		value       any
	}{{"spec", "paused", false}, {"data", chain.FaultsKey, "{}"}} {
		wanted, _ := object[silent.part].(map[string]any)
		there, _ := live[silent.part].(map[string]any)
		if _, said := there[silent.field]; !said && wanted[silent.field] == silent.value {
			delete(wanted, silent.field)
		}
	}
	return object
}

func covers(have, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		have, ok := have.(map[string]any)
		if !ok {
			return len(want) == 0 && have == nil
		}
		for key, value := range want {
			if !covers(have[key], value) {
				return false
			}
		}
		return true
	case []any:
		have, _ := have.([]any)
		return coversList(have, want)
	}
	return have == want
}

// coversList compares lists as server-side apply merges them: those of named things by name, others as a whole.
func coversList(have, want []any) bool {
	if len(have) == len(want) && !slices.ContainsFunc(index(want), func(i int) bool { return !covers(have[i], want[i]) }) {
		return true
	}
	for _, w := range want {
		key, name := mergeKey(w)
		if key == "" {
			return false
		}
		i := slices.IndexFunc(have, func(h any) bool {
			m, ok := h.(map[string]any)
			return ok && m[key] == name
		})
		if i < 0 || !covers(have[i], w) {
			return false
		}
	}
	return true
}

// mergeKey is the field by which lists of such elements are merged (the API's x-kubernetes-list-map-keys).
func mergeKey(element any) (key string, value any) {
	m, ok := element.(map[string]any)
	if !ok {
		return "", nil
	}
	for _, key := range []string{"mountPath", "name"} {
		if value, ok := m[key].(string); ok {
			return key, value
		}
	}
	return "", nil
}

func index(list []any) []int {
	is := make([]int, len(list))
	for i := range is {
		is[i] = i
	}
	return is
}

// template is a Deployment's pod template: when it changes, the pods are replaced.
func template(body []byte) []byte {
	var d struct {
		Spec struct {
			Template json.RawMessage `json:"template"`
		} `json:"spec"`
	}
	if json.Unmarshal(body, &d) != nil || d.Spec.Template == nil {
		return []byte("{}")
	}
	return d.Spec.Template
}
