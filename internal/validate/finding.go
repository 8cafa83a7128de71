package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Line is the finding in one line: which link, which container, why.
func (f *Finding) Line() string {
	var parts []string
	switch {
	case f.Link >= 0 && f.Object != "":
		parts = append(parts, fmt.Sprintf("link %d (%s)", f.Link, f.Object))
	case f.Link >= 0:
		parts = append(parts, fmt.Sprintf("link %d", f.Link))
	case f.Object != "":
		parts = append(parts, f.Object)
	}
	if f.Container != "" {
		parts = append(parts, "container "+f.Container)
	}
	if f.Reason != "" && !strings.Contains(f.Message, f.Reason) {
		parts = append(parts, f.Reason)
	}
	if text := strings.TrimPrefix(f.Message, f.Container+": "); text != "" { // the container is named already
		parts = append(parts, text)
	}
	return sanitise.Line(strings.Join(parts, ": "))
}

// inOrder sorts findings head first; those that concern no link come last.
func inOrder(findings []Finding) []Finding {
	place := func(f Finding) int {
		if f.Link < 0 {
			return int(^uint(0) >> 1)
		}
		return f.Link
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(place(a), place(b)) })
	return findings
}
