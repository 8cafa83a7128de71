package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// talkative gives the first span that it gets many tags and annotations.
type talkative struct{ feed.TraceSource }

func (s talkative) Trace(ctx context.Context, id string) (zipkin.List, error) {
	list, err := s.TraceSource.Trace(ctx, id)
	if err == nil {
		root := &list.Spans[0]
		for i := range 40 {
			root.Tags[fmt.Sprintf("tag.%02d", i)] = "the value of it"
			root.Annotations = append(root.Annotations, zipkin.Annotation{Timestamp: root.Timestamp, Value: fmt.Sprintf("annotation %02d", i)})
		}
		list.Spans = append(list.Spans, zipkin.Span{TraceID: id, ID: "ff", ParentID: root.ID, Timestamp: root.Timestamp, Duration: 1}) // it has grown
	}
	return list, err
}

// What has no room beside the waterfall is counted there, and all of it can be reached.
func TestEveryTagAndAnnotationCanBeReached(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		session, _ := example.Session(example.Healthy, 6)
		session.Traces = talkative{session.Traces}
		o := options(example.Healthy, 6)
		o.Open = example.Fixed(session)
		s := uitest.Start(t, size[0], size[1], o).Version(1)
		s.Press("3", "enter").See("tag.00", "more lines, enter shows all of it", "INFO").NotSee("annotation 39").
			Press("enter").NotSee("more lines")
		seen := ""
		for range 10 {
			seen += s.Text()
			s.Press("pgdown")
		}
		for i := range 40 {
			if !strings.Contains(seen, fmt.Sprintf("tag.%02d", i)) || !strings.Contains(seen, fmt.Sprintf("annotation %02d", i)) {
				t.Errorf("%v: number %d is nowhere", size, i)
			}
		}
		s.See("ids")
	}
}

// Enter on a span shows all that is known of it, both halves as they were reported; arrows go to the span beside.
func TestASpanWhole(t *testing.T) {
	s := start(t, example.Slow)
	s.Press("3", "enter", "down", "down").See("enter shows all of it").
		Enter().See("› span", "← 3 of 6 →", "client half  chain-link-service-1 → chain-link-service-2", "server half  chain-link-service-2", "ids").
		Press("right").See("← 4 of 6 →", "chain-link-service-3  get /forward").
		Press("left", "left", "left", "left").See("← 1 of 6 →").NotSee("client half").
		Esc().NotSee("› span").See("▾ chain-link-0").
		Press("F").See("› flame").Enter().See("› span").Esc().See("› flame") // back to where it came from
}

// The marks before the names fold what is below, and a double click opens the span.
func TestFoldingByTheMouse(t *testing.T) {
	s := start(t, example.Slow)
	s.Press("3", "enter").See("chain-link-4").
		Click("▾ chain-link-2").See("▸ chain-link-2").NotSee("chain-link-4").
		Click("▸ chain-link-2").See("chain-link-4").
		DoubleClick("ain-link-3").See("← 4 of 6 →")
	s.Esc().Press("o").NotSee("chain-link-2").Press("F").DoubleClick("ain-link-2").See("chain-link-service-2  get /forward", "› span") // folded, but on the flame
}

// What has nothing to act on says so.
func TestNothingIsSearchedFor(t *testing.T) {
	start(t, example.Slow).
		Press("3", "enter", "n").See("search with / first").NotSee("n next").
		Press("/").Type("link-service-4").Enter().See("▸").See("n next").
		Press("S", "enter").See("these are numbers of many spans")
}

// The zoom in the focus is of the span in focus: whoever leaves it sees the whole trace.
func TestLeavingTheFocusShowsAllOfTheTime(t *testing.T) {
	start(t, example.Slow).
		Press("3", "enter", "down", "down", "down").Press("z", "+", "+").See("focus · zoomed").
		Esc().NotSee("zoomed").See("150 ms", "z focus")
}

// A pod that is not there is gone; one that the user may not see is not said to be.
func TestAPodIsGoneOnlyWherePodsAreSeen(t *testing.T) {
	without := func(denied ...state.Denial) *uitest.Screen {
		return changed(t, 120, 40, func(s *state.Snapshot) {
			s.Conn.Denied = denied
			for i := range s.Links {
				s.Links[i].Pods = nil
			}
		}, nil).Press("3", "enter").See("chain-link-deployment-0-6c9f7d54b8-x2lvq on n0")
	}
	without().See("is gone")
	without(state.Denial{Verb: "list", Resource: string(state.Pods)}).NotSee("is gone")
}
