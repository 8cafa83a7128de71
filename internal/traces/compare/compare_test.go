package compare

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/callpath"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// trace makes a trace of "NAME PARENT START DURATION" spans; the parent is the place in the list from 1, 0 for the root.
func trace(short ...string) *traces.Trace {
	var in []zipkin.Span
	for i, s := range short {
		span := zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", i+1)}
		var parent int
		_, _ = fmt.Sscan(s, &span.Name, &parent, &span.Timestamp, &span.Duration)
		if parent > 0 {
			span.ParentID = fmt.Sprintf("%x", parent)
		}
		if strings.HasSuffix(s, "!") {
			span.Tags = map[string]string{"error": ""}
		}
		in = append(in, span)
	}
	return traces.Build(in)
}

func show(r Result) string {
	var b strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "%s%s%d %d/%d %d/%d\n", strings.Repeat(" ", row.Depth), row.Name, row.Nth, row.A.Duration, row.B.Duration, row.A.Traces, row.B.Traces)
	}
	return b.String()
}

func TestAgainstAnother(t *testing.T) {
	a := trace("root 0 100 90", "x 1 110 10", "x 1 125 50", "new 1 180 5 !")
	b := trace("root 0 500 60", "x 1 510 10", "x 1 525 20", "old 1 550 5")
	got := Traces(a, []*traces.Trace{b})
	want := "root0 90/60 1/1\n x0 10/10 1/1\n x1 50/20 1/1\n old0 0/5 0/1\n new0 5/0 1/0\n"
	if show(got) != want || got.A != 90 || got.B != 60 || got.Rows[got.Largest].Nth != 1 || got.Rows[4].A.Failed != 1 {
		t.Errorf("%+v\n%s", got, show(got))
	}
}

func TestAgainstTheMedian(t *testing.T) {
	set := []*traces.Trace{trace("r 0 1 10", "x 1 2 1"), trace("r 0 1 20", "x 1 2 3"), trace("r 0 1 90")}
	got := Traces(set[2], set)
	if want := "r0 90/20 1/3\n x0 0/2 0/2\n"; show(got) != want || got.B != 20 {
		t.Errorf("%+v\n%s", got, show(got))
	}
	if same := Traces(set[0], set[:1]); same.Largest != -1 {
		t.Errorf("%+v", same)
	}
	Traces(trace(), nil)
}

// What less than half of the set does is no part of its median, whether the trace does it or not.
func TestWhatIsRareIsNotInTheMedian(t *testing.T) {
	usual, rare := trace("r 0 1 10", "x 1 2 1"), trace("r 0 1 10", "x 1 2 1", "y 1 4 5", "z 3 5 2")
	set := []*traces.Trace{usual, rare, usual}
	if got, want := show(Traces(usual, set)), "r0 10/10 1/3\n x0 1/1 1/3\n"; got != want {
		t.Errorf("got:\n%s", got)
	}
	got := Traces(rare, set)
	if want := "r0 10/10 1/3\n x0 1/1 1/3\n y0 5/0 1/1\n  z0 2/0 1/1\n"; show(got) != want || got.Rows[2].B.Present {
		t.Errorf("%+v\n%s", got, show(got))
	}
}

func TestTheNetworkIsBlamed(t *testing.T) {
	call := func(client, server int64) *traces.Trace {
		return traces.Build([]zipkin.Span{
			{TraceID: "1", ID: "1", Kind: zipkin.Server, Name: "r", Timestamp: 1, Duration: client + 20},
			{TraceID: "1", ID: "2", ParentID: "1", Kind: zipkin.Client, Name: "x", Timestamp: 5, Duration: client},
			{TraceID: "1", ID: "2", ParentID: "1", Kind: zipkin.Server, Shared: true, Name: "x", Timestamp: 7, Duration: server},
		})
	}
	for _, c := range []struct {
		a       *traces.Trace
		network bool
	}{{call(500, 50), true}, {call(150, 100), false}} {
		got := Traces(c.a, []*traces.Trace{call(100, 50)})
		if row := got.Rows[1]; got.Largest != 1 || row.Delta() != got.A-got.B || row.ByNetwork() != c.network {
			t.Errorf("%+v", got)
		}
	}
}

func TestTogether(t *testing.T) {
	tree := callpath.Merge([]*traces.Trace{trace("r 0 1 10", "x 1 2 1", "x 1 4 2"), trace("r 0 1 10", "x 1 2 1")}, callpath.Together)
	if len(tree.Nodes) != 2 || len(tree.Nodes[1].Samples) != 3 || tree.Nodes[1].Traces != 2 || tree.Nodes[0].Size != 2 {
		t.Errorf("%+v", tree)
	}
}

func TestPeersBeginWithTheSameCall(t *testing.T) {
	named := func(id string, t *traces.Trace) *traces.Trace {
		t.ID = id
		return t
	}
	a := named("a", trace("root 0 100 90", "x 1 110 10"))
	same, rootless, empty := named("b", trace("root 0 100 80")), named("c", trace("x 9 110 10")), named("d", traces.Build(nil))
	if got := Peers(a, []*traces.Trace{a, rootless, same, empty}); len(got) != 1 || got[0] != same {
		t.Errorf("%d peers", len(got))
	}
	if got := Peers(a, []*traces.Trace{a, rootless}); len(got) != 1 || got[0] != rootless {
		t.Errorf("%d peers where none begins alike", len(got))
	}
	if got := Peers(empty, []*traces.Trace{a}); len(got) != 1 {
		t.Errorf("%d peers of an empty trace", len(got))
	}
}
