package flow

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// request is a request through links that hold it so many ms each; it fails in link bad (-1: nowhere) and ends there.
func request(id int, at time.Time, bad int, held ...int64) []zipkin.Span {
	var out []zipkin.Span
	total := int64(0)
	for i := len(held) - 1; i >= 0; i-- {
		if bad >= 0 && i > bad {
			continue
		}
		total += held[i] * 1000
		s := zipkin.Span{TraceID: fmt.Sprintf("%032x", id), ID: fmt.Sprintf("%016x", i+1), Kind: zipkin.Server, Name: "get",
			Timestamp: at.UnixMicro() + int64(i)*100, Duration: total, LocalEndpoint: &zipkin.Endpoint{ServiceName: chain.ServiceName(i)}}
		if i > 0 {
			s.ParentID = fmt.Sprintf("%016x", i)
		}
		if bad >= 0 {
			s.Tags = map[string]string{"error": "503"}
		}
		out = append(out, s)
	}
	return out
}

func set(n, bad int, held ...int64) []*traces.Trace {
	var out []*traces.Trace
	for k := range n {
		out = append(out, traces.Build(request(k+1, time.Unix(1000+int64(k), 0), bad, held...)))
	}
	return out
}

func TestJudge(t *testing.T) {
	order := chain.NewOrder(4)
	for name, c := range map[string]struct {
		set                []*traces.Trace
		slow, origin, idle string
	}{
		"healthy":             {set(10, -1, 2, 2, 2, 2), "----", "----", "----"},
		"one slow link":       {set(10, -1, 2, 150, 2, 2), "-x--", "----", "----"},
		"slow everywhere":     {set(10, -1, 50, 50, 50, 50), "----", "----", "----"},
		"fast, though uneven": {set(10, -1, 1, 9, 1, 1), "----", "----", "----"},
		"errors":              {set(10, 2, 2, 2, 2, 2), "----", "--x-", "---x"},
		"a tail unreached":    {set(10, -1, 2, 2), "----", "----", "--xx"},
		"nothing":             {nil, "----", "----", "----"},
	} {
		links := Judge(c.set, order)
		got := [3]string{}
		for _, s := range order {
			l := links[s]
			for i, on := range []bool{l.Slow, l.Origin, l.Idle} {
				got[i] += map[bool]string{true: "x", false: "-"}[on]
			}
		}
		if want := [3]string{c.slow, c.origin, c.idle}; got != want {
			t.Errorf("%s: slow, origin, idle %v; want %v", name, got, want)
		}
	}
	l := Judge(set(10, 2, 2, 2, 2, 2), order)[chain.ServiceName(2)]
	if l.Errors != 1 || l.Requests != 10 || l.Why == "" {
		t.Errorf("%+v", l)
	}
}

func TestSourceSurvivesSilence(t *testing.T) {
	s := &Source{
		Search: func(context.Context, zipkin.Query) (zipkin.Search, error) {
			return zipkin.Search{}, errors.New("refused\x1b[31m")
		},
		LoadState: func(context.Context) (*chain.LoadState, error) { return nil, errors.New("gone") },
	}
	got, err := s.Traffic(t.Context())
	if err != nil || got.Err != "the collector does not answer: refused" || got.Load != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := (&Source{}).Traffic(t.Context()); err != nil || got.Err != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSeriesCountsEachTraceOnce(t *testing.T) {
	now := time.Now()
	var h history
	one := traces.Build(request(1, now.Add(-10*time.Second), -1, 4))
	h.add(now, []*traces.Trace{one})
	h.add(now, []*traces.Trace{one})
	series := h.of(chain.ServiceName(0), now)
	found := 0
	for _, v := range series {
		if !math.IsNaN(v) {
			found++
			if v != 4 {
				t.Errorf("%v ms", v)
			}
		}
	}
	if found != 1 || len(series) != buckets || len(h.seen) != 1 {
		t.Errorf("%d values, %d traces", found, len(h.seen))
	}
	h.add(now.Add(time.Hour), nil)
	if len(h.seen) != 0 || len(h.times) != 0 {
		t.Error("it never forgets")
	}
}
