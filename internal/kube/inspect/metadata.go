package inspect

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	corev1 "k8s.io/api/core/v1"
)

// width is how many bytes of an annotation's line are shown.
const width = 140

// labels are in the order of their keys.
func labels(all map[string]string) (values []string) {
	for _, key := range slices.Sorted(maps.Keys(all)) {
		values = append(values, key+"="+all[key])
	}
	return values
}

// annotations are in the order of their keys. A long value stands below its key, and each of its lines is cut; kubectl's
// own record of the last apply is left out.
func annotations(all map[string]string) (values []string) {
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if key == corev1.LastAppliedConfigAnnotation {
			continue
		}
		value := lines(strings.TrimSuffix(all[key], "\n"))
		if len(value) == 1 && len(key)+len(": ")+len(value[0]) <= width {
			values = append(values, key+": "+value[0])
			continue
		}
		values = append(values, key+":")
		for _, line := range value {
			values = append(values, "  "+shortened(line, width-2))
		}
	}
	return values
}

// shortened cuts text after size bytes at most, not within a character.
func shortened(text string, size int) string {
	if len(text) <= size {
		return text
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return text[:size] + "..."
}
