package stats

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// chain is a request of a to b, which takes µs in b.
func chain(id int, µs int64, failed bool) *traces.Trace {
	call := zipkin.Span{TraceID: fmt.Sprintf("%x", id), ID: "2", ParentID: "1", Kind: zipkin.Client, Timestamp: 1010, Duration: µs + 4, LocalEndpoint: &zipkin.Endpoint{ServiceName: "a"}}
	serve := call
	serve.Kind, serve.Shared, serve.Timestamp, serve.Duration, serve.LocalEndpoint = zipkin.Server, true, 1012, µs, &zipkin.Endpoint{ServiceName: "b"}
	if failed {
		serve.Tags = map[string]string{"error": ""}
	}
	root := zipkin.Span{TraceID: call.TraceID, ID: "1", Kind: zipkin.Server, Timestamp: 1000, Duration: µs + 30, LocalEndpoint: &zipkin.Endpoint{ServiceName: "a"}}
	return traces.Build([]zipkin.Span{root, call, serve})
}

func TestOf(t *testing.T) {
	var set []*traces.Trace
	for i := range 100 {
		set = append(set, chain(i+1, int64(i+1)*10, i == 99))
	}
	got := Of(set)
	want := Set{
		Traces: Summary{100, 1, 530, 980, 1020, 1030},
		Services: []Service{
			{"b", Summary{100, 1, 504, 954, 994, 1004}, Summary{100, 1, 500, 950, 990, 1000}},
			{"a", Summary{100, 0, 530, 980, 1020, 1030}, Summary{100, 0, 26, 26, 26, 26}},
		},
		Hops: []Hop{{"a", "b", Summary{100, 1, 504, 954, 994, 1004}, Summary{100, 0, 4, 4, 4, 4}}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("\n%+v, want\n%+v", got, want)
	}
	if empty := Of(nil); empty.Traces.Count != 0 || empty.Services == nil || empty.Hops == nil {
		t.Errorf("%+v", empty)
	}
}

func TestSummariseExtremes(t *testing.T) {
	if got := newSummariser().summary(&samples{values: []int64{math.MaxInt64, 0}, errors: 1}); got.Max != math.MaxInt64 || got.Errors != 1 || got.P50 != 0 {
		t.Errorf("%+v", got)
	}
}

func TestHeatmap(t *testing.T) {
	at := time.Unix(1000, 0)
	var points []Point
	for i := range 10 {
		points = append(points, Point{At: at.Add(time.Duration(i) * time.Second), Duration: int64(math.Pow(10, float64(i%3+1))), Failed: i == 0})
	}
	h := NewHeatmap(points, at, at.Add(9*time.Second), 3, 3)
	if got := fmt.Sprint(h.Count, h.Errors, h.Most); got != "[[1 1 1] [1 1 1] [1 1 1]] [[1 0 0] [0 0 0] [0 0 0]] 1" {
		t.Error(got)
	}
	if h.Low[0] != 10 || h.Low[3] != 1001 && h.Low[3] != 1000 {
		t.Error(h.Low)
	}
	for _, h := range []Heatmap{NewHeatmap(nil, at, at.Add(1), 3, 3), NewHeatmap(points, at, at, 3, 3), NewHeatmap(points, at, at.Add(1), 0, 3)} {
		if h.Count != nil {
			t.Errorf("%+v", h)
		}
	}
	NewHeatmap([]Point{{At: at, Duration: math.MaxInt64}, {At: at, Duration: -5}}, at, at.Add(time.Hour), 2, 2)
}
