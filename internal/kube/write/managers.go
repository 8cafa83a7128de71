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
	if path == "" {
		return true
	}
	entries, rest := descend(tree, path)
	return slices.ContainsFunc(entries, func(e string) bool {
		below, _ := tree[e].(map[string]any)
		return len(below) == 0 || owns(below, rest) // a leaf, or a list that is owned as a whole
	})
}

// descend finds the entries of tree where path goes on; none when there are none.
func descend(tree map[string]any, path string) (entries []string, rest string) {
	if element, ok := strings.CutPrefix(path, "["); ok {
		name, after, _ := strings.Cut(element, "\"]")
		key, value, _ := strings.Cut(name, "=")
		return elements(tree, key, value), after
	}
	longest := ""
	for e := range tree { // names of fields may have dots, so the longest that fits is taken
		name, ok := strings.CutPrefix(e, "f:")
		after, fits := strings.CutPrefix(path, "."+name)
		if ok && fits && (after == "" || after[0] == '.' || after[0] == '[') && len(e) > len(longest) {
			longest, rest = e, after
		}
	}
	if longest == "" {
		return nil, ""
	}
	return []string{longest}, rest
}

// elements are the entries of the list's element that has this value (with its opening quote) for key. A list may be
// merged by another key, as a Service's ports are, which have names as well: then it may be any of them.
func elements(tree map[string]any, key, value string) (entries []string) {
	for e := range tree {
		byKey := strings.Contains(e, fmt.Sprintf("%q:", key))
		if strings.HasPrefix(e, "k:") && (!byKey || strings.Contains(e, fmt.Sprintf("%q:%s\"", key, value))) {
			entries = append(entries, e)
		}
	}
	return entries
}
