package callpath

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func request(start int64, names ...string) *traces.Trace {
	in := []zipkin.Span{{TraceID: "1", ID: "1", Name: "root", Timestamp: start, Duration: 100}}
	for i, name := range names {
		in = append(in, zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", i+2), ParentID: "1", Name: name, Timestamp: start + int64(i) + 1, Duration: 10})
	}
	return traces.Build(in)
}

func TestMergeKeepsTheOrderOfTime(t *testing.T) {
	set := []*traces.Trace{request(5, "b", "a", "a"), request(500, "b", "a")}
	for siblings, want := range map[Siblings]string{
		Apart:    "root/0×2 b/0×2 a/0×2 a/1×1 ",
		Together: "root/0×2 b/0×2 a/0×3 ",
	} {
		got := ""
		for _, n := range Merge(set, siblings).Nodes {
			got += fmt.Sprintf("%s/%d×%d ", n.Name, n.Nth, len(n.Samples))
		}
		if got != want {
			t.Errorf("%v: %s, want %s", siblings, got, want)
		}
	}
	if len(Merge(nil, Apart).Nodes) != 0 {
		t.Error("nodes of nothing")
	}
}

func TestMedian(t *testing.T) {
	for want, in := range map[int64][]int64{0: nil, 7: {7}, 5: {9, 5, 1}, 4: {1, 3, 5, 9}, 1<<62 + 1: {1 << 62, 1<<62 + 2}} {
		var samples []Sample
		for _, v := range in {
			samples = append(samples, Sample{Duration: v})
		}
		if got := Median(samples, func(s Sample) int64 { return s.Duration }); got != want {
			t.Errorf("median of %v is %d, want %d", in, got, want)
		}
	}
}
