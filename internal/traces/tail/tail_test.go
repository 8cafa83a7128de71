package tail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// list is a trace of n spans that begins at ms.
func list(id string, ms int64, n int) zipkin.List {
	var l zipkin.List
	for i := range n {
		l.Spans = append(l.Spans, zipkin.Span{TraceID: id, ID: fmt.Sprintf("%x", i+1), Timestamp: ms * 1000})
	}
	return l
}

// step is one poll of a script: what the server has then, and what should be delivered ("a" new, "A" settled).
type step struct {
	found zipkin.Search
	err   error
	byID  map[string]int
	want  string
}

// script plays steps: it is the server and the clock, which goes on by a second a poll.
type script struct {
	steps []step
	at    int
	asked [][]string
	ends  []time.Time
}

func (s *script) Now() time.Time { return time.Unix(int64(s.at), 0) }

func (s *script) After(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	if s.at++; s.at < len(s.steps) {
		c <- s.Now()
	}
	return c
}

func (s *script) Traces(_ context.Context, q zipkin.Query) (zipkin.Search, error) {
	s.ends = append(s.ends, q.End)
	if !q.End.IsZero() { // what is older than a trace that broke the answer
		return zipkin.Search{Traces: []zipkin.List{list("0d", 1, 1)}}, nil
	}
	return s.steps[s.at].found, s.steps[s.at].err
}

func (s *script) TraceMany(_ context.Context, ids []string) ([]zipkin.List, error) {
	s.asked = append(s.asked, ids)
	var out []zipkin.List
	for _, id := range ids {
		n, ok := s.steps[s.at].byID[id]
		if n < 0 {
			return nil, errors.New("too large")
		}
		if ok {
			out = append(out, list(id, 5, n))
		}
	}
	return out, nil
}

func found(lists ...zipkin.List) zipkin.Search { return zipkin.Search{Traces: lists} }

func play(t *testing.T, s *script) []Poll {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var polls []Poll
	err := Follow(ctx, s, Options{Query: zipkin.Query{Lookback: 3 * time.Second}, Clock: s}, func(p Poll) {
		var got []string
		for _, e := range p.Events {
			id := strings.TrimLeft(e.Trace.ID, "0")
			if e.Settled {
				id = strings.ToUpper(id)
			}
			got = append(got, fmt.Sprint(id, e.Trace.Ledger.Received))
		}
		slices.Sort(got)
		if g := strings.Join(got, " "); g != s.steps[s.at].want {
			t.Errorf("second %d: %q, want %q", s.at, g, s.steps[s.at].want)
		}
		if polls = append(polls, p); len(polls) == len(s.steps) {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	return polls
}

func TestEachOnceAsNewAndWheneverItHasSettled(t *testing.T) {
	play(t, &script{steps: []step{
		{found: found(list("a", 5, 1)), want: "a1"},
		{found: found(list("a", 5, 3), list("b", 6, 1)), want: "b1"},
		{found: found(list("a", 5, 3), list("b", 6, 1))},
		{found: found(list("a", 5, 3), list("b", 6, 1)), want: "A3 B1"},
		{found: found(list("a", 5, 9), list("b", 6, 1))}, // it was delivered, and that was not all of it
		{},
		{want: "A9"},
		{},
	}})
}

func TestAnArrivingTraceOutsideOfTheAnswerIsAskedForByID(t *testing.T) {
	s := &script{steps: []step{
		{found: found(list("a", 5, 1)), want: "a1"},
		{byID: map[string]int{"a": 4}},
		{byID: map[string]int{"a": 4}},
		{byID: map[string]int{}, want: "A4"},
		{},
	}}
	play(t, s)
	if len(s.asked) != 3 {
		t.Errorf("%v", s.asked)
	}
}

func TestOneHugeTraceDoesNotStopTheOthers(t *testing.T) {
	huge := list("c", 9, 1)
	huge.Cut = "longer than 100 bytes"
	s := &script{steps: []step{
		{found: zipkin.Search{Traces: []zipkin.List{list("a", 10, 1), huge}, Cut: huge.Cut}, want: "a1 c1 d1"},
		{byID: map[string]int{"a": 2, "c": -1, "0d": 2}},
		{byID: map[string]int{"a": 2, "c": -1, "0d": 2}, want: "C1"},
		{byID: map[string]int{"a": 2, "0d": 2}, want: "A2 D2"},
	}}
	polls := play(t, s)
	if polls[1].Err == nil || polls[0].Err != nil {
		t.Error(polls[1].Err, polls[0].Err)
	}
	if s.ends[1] != time.UnixMilli(8) {
		t.Error(s.ends)
	}
}

func TestAnErrorIsToldAndOvercome(t *testing.T) {
	polls := play(t, &script{steps: []step{
		{err: errors.New("refused")},
		{found: found(list("a", 5, 1)), want: "a1"},
	}})
	if polls[0].Err == nil || polls[1].Err != nil {
		t.Error(polls)
	}
}

func TestWhatIsNoLongerShownIsForgotten(t *testing.T) {
	s := NewSettler(time.Second, 10*time.Second)
	at := func(sec int64) time.Time { return time.Unix(sec, 0) }
	s.Observe(at(0), []zipkin.List{list("a", 1, 1)})
	s.Settled(at(1))
	if s.Forget(at(20)); len(s.known) != 0 {
		t.Error(s.known)
	}
}

// busy is a server to which traces of a span come all the time: as many as it is told in each second.
type busy struct {
	script
	rates []int         // traces in each second; 0 is a server that is away
	have  []zipkin.List // oldest first
}

func (b *busy) Now() time.Time { return time.Unix(1000+int64(b.at), 0) }

func (b *busy) After(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	for b.at++; b.at < len(b.rates) && b.rates[b.at] == 0; b.at++ {
	}
	if b.at < len(b.rates) {
		c <- b.Now()
	}
	return c
}

// come are the traces of the second that has passed.
func (b *busy) come() {
	for i := range b.rates[b.at] {
		b.have = append(b.have, list(fmt.Sprintf("%x", len(b.have)+1), b.Now().UnixMilli()-999+int64(i), 1))
	}
}

func (b *busy) TraceMany(context.Context, []string) ([]zipkin.List, error) { return nil, nil }

func (b *busy) Traces(_ context.Context, q zipkin.Query) (zipkin.Search, error) {
	if q.End.IsZero() {
		b.come()
		q.End = b.Now()
	}
	var s zipkin.Search
	for i := len(b.have) - 1; i >= 0; i-- {
		at := time.UnixMicro(zipkin.Earliest(b.have[i]))
		if s.Full = len(s.Traces) == q.Limit; s.Full {
			break
		}
		if !at.After(q.End) && !at.Before(q.End.Add(-q.Lookback)) {
			s.Traces = append(s.Traces, b.have[i])
		}
	}
	return s, nil
}

// More in a second than an answer holds, and a server that was away for longer than a search looks back: none is lost,
// and none comes twice.
func TestATailLosesNone(t *testing.T) {
	for name, test := range map[string]struct {
		rates  []int
		missed bool
	}{
		"a burst":                 {rates: []int{2, 3, 50, 3}},
		"an outage":               {rates: []int{2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 2}},
		"a burst after an outage": {rates: []int{2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 2}},
		"too much":                {rates: []int{2, 3, 500}, missed: true},
	} {
		b := &busy{rates: test.rates}
		ctx, cancel := context.WithCancel(t.Context())
		times, missed := map[string]int{}, false
		_ = Follow(ctx, b, Options{Query: zipkin.Query{Lookback: 2 * time.Second, Limit: 10}, Clock: b}, func(p Poll) {
			for _, e := range p.Events {
				if !e.Settled {
					times[strings.TrimLeft(e.Trace.ID, "0")]++
				}
			}
			missed = missed || p.Missed
			if b.at == len(b.rates)-1 {
				cancel()
			}
		})
		for _, l := range b.have {
			if n := times[l.Spans[0].TraceID]; n != 1 && !test.missed {
				t.Errorf("%s: trace %s came %d times", name, l.Spans[0].TraceID, n)
			}
		}
		if missed != test.missed {
			t.Errorf("%s: missed %v", name, missed)
		}
	}
}

// A trace that has grown stands among newer ones: what lies behind it may never have been seen.
func TestAGrownTraceIsNoOverlap(t *testing.T) {
	s := NewSettler(time.Second, 10*time.Second)
	now := time.Unix(1, 0)
	s.Observe(now, []zipkin.List{list("a", 1, 1)})
	for _, test := range []struct {
		at    time.Time
		spans int
		want  bool
	}{{now, 1, false}, {now.Add(time.Second), 1, true}, {now.Add(time.Second), 2, false}} {
		if got := s.Knows(test.at, []zipkin.List{list("a", 1, test.spans)}); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
