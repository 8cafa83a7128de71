package progress

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// Of are a chain's workloads as lines: the links from the head, then collector and load generator.
func Of(s *state.Snapshot) []Line {
	lines := make([]Line, 0, len(s.Links)+2)
	for i := range s.Links {
		lines = append(lines, line(fmt.Sprintf("link %d", s.Links[i].Index), &s.Links[i].Workload))
	}
	if s.Collect != nil {
		lines = append(lines, line("collector", s.Collect))
	}
	if s.Load != nil {
		lines = append(lines, line("load generator", s.Load))
	}
	return lines
}

func line(name string, w *state.Workload) Line {
	l := Line{Name: name, State: string(w.Status), Detail: w.Message, Ready: w.Status == state.Ready}
	if w.Reason != "" {
		l.State += " (" + w.Reason + ")"
	}
	l.Broken = w.Status == state.Failing || w.Status == state.Failed
	return l
}
