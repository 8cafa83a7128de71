package traffic

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// apart is a request through n links whose spans are not shared: each but the tail has a row for what it got, one for
// what it does itself, and one for what it sent on. Each takes 1 ms, link slow 150 ms more; it fails at link bad.
func apart(id int, at int64, n, slow, bad int) zipkin.List {
	if bad >= 0 {
		n = bad + 1
	}
	var spans []zipkin.Span
	parent, next := "", 1
	add := func(kind zipkin.Kind, link int, from, to int64) string {
		s := zipkin.Span{TraceID: fmt.Sprintf("%032x", id+1), ID: fmt.Sprintf("%016x", next), ParentID: parent, Kind: kind, Name: "get /forward",
			Timestamp: from, Duration: to - from, LocalEndpoint: &zipkin.Endpoint{ServiceName: chain.ServiceName(link)}}
		if bad >= 0 && kind != "" {
			s.Tags = map[string]string{"error": "503", "http.status_code": "503"}
		}
		next++
		spans = append(spans, s)
		return s.ID
	}
	own := func(i int) int64 {
		if i == slow {
			return 151_000
		}
		return 1000
	}
	rest := make([]int64, n+1) // what a link and those after it take, with 200 µs of network each way
	for i := n - 1; i >= 0; i-- {
		rest[i] = own(i) + rest[i+1]
		if i < n-1 {
			rest[i] += 400
		}
	}
	for i := range n {
		server := add(zipkin.Server, i, at, at+rest[i])
		parent = server
		add("", i, at+100, at+300) // inside
		if i < n-1 {
			at += own(i) / 2
			parent = add(zipkin.Client, i, at, at+rest[i+1]+400)
			at += 200
		}
	}
	return zipkin.Of(spans)
}

func TestHalvesWithoutACommonID(t *testing.T) {
	for _, c := range []struct {
		name      string
		slow, bad int
		self      [4]time.Duration // ms
		links     int              // that are reached
	}{
		{"well", -1, -1, [4]time.Duration{1, 1, 1, 1}, 4},
		{"slow", 1, -1, [4]time.Duration{1, 151, 1, 1}, 4},
		{"fails", -1, 2, [4]time.Duration{1, 1, 1, 0}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			load := &chain.LoadState{Recent: chain.LoadStats{Rate: 5}}
			got := read(t, 4, load, lists(20, func(i int) zipkin.List { return apart(i, began+int64(i)*200_000, 4, c.slow, c.bad) }))
			for i := range c.links {
				l := got.Links[chain.ServiceName(i)]
				if l.Requests != 20 || l.Rate != 5 || l.Self != c.self[i]*time.Millisecond || l.Slow != (i == c.slow) || l.Origin != (i == c.bad) || l.Idle {
					t.Errorf("link %d: %+v", i, l)
				}
				if n := len(l.Series); n == 0 || !slices.Contains(l.Series, float64(c.self[i])) {
					t.Errorf("link %d: own times %v", i, l.Series)
				}
			}
			if l := got.Links[chain.ServiceName(3)]; c.bad >= 0 && !l.Idle {
				t.Errorf("behind the failure: %+v", l)
			}
		})
	}
}

// A call that fails before it arrives is a failure of the link that made it, and of one request.
func TestACallThatNeverArrives(t *testing.T) {
	var settled []*traces.Trace
	for i := range 20 {
		list := apart(i, began+int64(i)*200_000, 4, -1, -1)
		list.Spans = list.Spans[:3] // the tail of link 0's call is missing
		for k := range list.Spans {
			if list.Spans[k].Kind != "" {
				list.Spans[k].Tags = map[string]string{"error": "refused"}
			}
		}
		settled = append(settled, traces.BuildList(list))
	}
	got := Judge(chain.NewOrder(4), settled, nil)[chain.ServiceName(0)]
	if got.Requests != 20 || got.Errors != 1 || !got.Origin {
		t.Errorf("%+v", got)
	}
}

// However often a trace crosses a service, that it does not any more is seen.
func TestShareOfWhatHappensOften(t *testing.T) {
	if !over(100, 400, 3) || !over(100, 400, 4) || over(100, 400, 2) || over(100, 1, 5) {
		t.Error("what happened several times in each trace is to be over after three without it")
	}
}
