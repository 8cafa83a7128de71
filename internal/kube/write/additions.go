package write

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// additions are the fields that others have put into a Deployment's pods beside chaintui's, such as a variable, and who
// did. That is no drift, as the release says nothing of them; but it may be what breaks a link.
func additions(entries []metav1.ManagedFieldsEntry) []string {
	var ours map[string]any
	for _, e := range entries {
		if e.Manager == chain.Manager && e.Operation == metav1.ManagedFieldsOperationApply && e.Subresource == "" {
			ours = podFields(e)
		}
	}
	if len(ours) == 0 {
		return nil
	}
	var list []string
	others := updaters(entries)
	for _, e := range entries {
		if others.Has(e.Manager) && e.Manager != chain.Manager && e.Subresource == "" {
			for _, path := range addedBeside(podFields(e), ours, ".spec.template.spec") {
				list = append(list, sanitise.Line(path+" of "+e.Manager))
			}
		}
	}
	return list
}

// podFields are the fields of the pod's spec that the entry's manager has set.
func podFields(e metav1.ManagedFieldsEntry) map[string]any {
	var tree map[string]any
	if e.FieldsV1 == nil || json.Unmarshal(e.FieldsV1.GetRawBytes(), &tree) != nil {
		return nil
	}
	for _, field := range []string{"f:spec", "f:template", "f:spec"} {
		tree, _ = tree[field].(map[string]any)
	}
	return tree
}

// addedBeside are the paths in theirs that ours does not have.
func addedBeside(theirs, ours map[string]any, path string) (paths []string) {
	for _, key := range slices.Sorted(maps.Keys(theirs)) {
		have, known := ours[key].(map[string]any)
		switch below, _ := theirs[key].(map[string]any); {
		case key == ".":
		case !known:
			paths = append(paths, path+segment(key))
		case len(have) > 0: // else it is ours as a whole
			paths = append(paths, addedBeside(below, have, path+segment(key))...)
		}
	}
	return paths
}

// segment is a key of FieldsV1 as a path has it.
func segment(key string) string {
	kind, name, _ := strings.Cut(key, ":")
	if kind == "f" {
		return "." + name
	}
	var element map[string]any
	if kind != "k" || json.Unmarshal([]byte(name), &element) != nil {
		return "[" + name + "]"
	}
	parts := make([]string, 0, len(element))
	for _, k := range slices.Sorted(maps.Keys(element)) {
		value, _ := json.Marshal(element[k])
		parts = append(parts, fmt.Sprintf("%s=%s", k, value))
	}
	return "[" + strings.Join(parts, ",") + "]"
}
