package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// events are in the order in which they were last seen.
func (p *page) events(all []corev1.Event) {
	if len(all) == 0 {
		p.line(0, "Events:", none)
		return
	}
	p.line(0, "Events:")
	p.line(1, "Type", "Reason", "Age", "From", "Message")
	p.line(1, "----", "------", "----", "----", "-------")
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b corev1.Event) int { return a.LastTimestamp.Compare(b.LastTimestamp.Time) })
	for _, e := range all {
		message := strings.TrimSpace(e.Message)
		if where := e.InvolvedObject.FieldPath; where != "" {
			message = where + ": " + message
		}
		p.line(1, e.Type, e.Reason, p.age(&e), cmp.Or(e.Source.Component, e.ReportingController), message)
	}
}

// age is when an event was last seen, and how often since the first time.
func (p *page) age(e *corev1.Event) string {
	first := e.FirstTimestamp.Time
	if !e.EventTime.IsZero() {
		first = e.EventTime.Time
	}
	switch {
	case e.Series != nil:
		return fmt.Sprintf("%s (x%d over %s)", p.since(e.Series.LastObservedTime.Time), e.Series.Count, p.since(first))
	case e.Count > 1:
		return fmt.Sprintf("%s (x%d over %s)", p.since(e.LastTimestamp.Time), e.Count, p.since(first))
	}
	return p.since(first)
}
