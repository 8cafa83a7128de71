package write

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// managersOf are the managers other than chaintui that own one of the fields.
func managersOf(entries []metav1.ManagedFieldsEntry, fields []FieldDrift) []string {
	var names []string
	for _, e := range entries {
		if e.Manager == chain.Manager || e.FieldsV1 == nil || slices.Contains(names, e.Manager) {
			continue
		}
		var tree map[string]any
		if json.Unmarshal(e.FieldsV1.GetRawBytes(), &tree) != nil {
			continue
		}
		if slices.ContainsFunc(fields, func(f FieldDrift) bool { return owns(tree, f.Path) }) {
			names = append(names, e.Manager)
		}
	}
	slices.Sort(names)
	return names
}

// owns tells whether a set of managed fields holds the path, or a whole of which it is a part. FieldsV1 has "f:name" for
// fields and "k:{...}" for the elements of lists that are merged by key.
func owns(tree map[string]any, path string) bool {
	for path != "" {
		entry, rest := descend(tree, path)
		if entry == "" {
			return false
		}
		below, _ := tree[entry].(map[string]any)
		if len(below) == 0 {
			return true // a leaf, or a list that is owned as a whole
		}
		tree, path = below, rest
	}
	return true
}

// descend finds the entry of tree where path goes on; empty when there is none. Names of fields may have dots, so the
// longest that fits is taken.
func descend(tree map[string]any, path string) (entry, rest string) {
	if element, ok := strings.CutPrefix(path, "["); ok {
		name, after, _ := strings.Cut(element, "\"]")
		key, value, _ := strings.Cut(name, "=")
		for e := range tree {
			if strings.HasPrefix(e, "k:") && strings.Contains(e, fmt.Sprintf("%q:%s\"", key, value)) {
				return e, after
			}
		}
		return "", ""
	}
	for e := range tree {
		name, ok := strings.CutPrefix(e, "f:")
		after, fits := strings.CutPrefix(path, "."+name)
		if ok && fits && (after == "" || after[0] == '.' || after[0] == '[') && len(e) > len(entry) {
			entry, rest = e, after
		}
	}
	return entry, rest
}
