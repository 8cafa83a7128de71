package tail

import (
	"context"
	"time"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Source is where traces come from; *zipkin.API is one.
type Source interface {
	Traces(ctx context.Context, q zipkin.Query) (zipkin.Search, error)
	TraceMany(ctx context.Context, ids []string) ([]zipkin.List, error)
}

// Clock is the time, so that a test can have its own.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// Options of a tail; a zero field means its default.
type Options struct {
	Query zipkin.Query // what to follow; End is not used; Lookback is 1 min, Limit 100 by default
	Clock Clock        // default the system's
}

const (
	every   = time.Second     // between two polls
	settle  = 2 * time.Second // how long a trace must not grow
	timeout = 5 * time.Second // of one request
)

func (o Options) orDefaults() Options {
	if o.Query.Lookback <= 0 {
		o.Query.Lookback = time.Minute
	}
	if o.Query.Limit <= 0 {
		o.Query.Limit = 100
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	return o
}

// Poll is what one look at the server brought.
type Poll struct {
	At     time.Time
	Events []Event
	Err    error // the server could not be asked, or not about everything; the next poll tries again
	Missed bool  // more came since the poll before than could be asked for: some traces were never seen
}

// Follow polls until ctx ends and hands each poll to yield, in this goroutine. It returns ctx's error.
func Follow(ctx context.Context, source Source, o Options, yield func(Poll)) error {
	o = o.orDefaults()
	f := follower{source: source, o: o, settler: NewSettler(settle, 2*o.Query.Lookback+settle)}
	for {
		p := f.poll(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		yield(p)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-o.Clock.After(every):
		}
	}
}

type follower struct {
	source   Source
	o        Options
	settler  *Settler
	answered time.Time // when the server answered last; zero before it did
}

const (
	detours = 4  // bounds how often a search goes around a trace that broke an answer
	pages   = 20 // bounds how far a search goes back to what the poll before has shown
)

func (f *follower) poll(ctx context.Context) Poll {
	p := Poll{At: f.o.Clock.Now()}
	q := f.o.Query
	q.End = time.Time{} // the server's own now: clocks differ
	if !f.answered.IsZero() {
		q.Lookback += p.At.Sub(f.answered) // what came while the server could not be asked
	}
	answered := f.look(ctx, q, &p)
	if p.Err == nil {
		f.answered = p.At
	}
	for _, ids := range chunks(f.settler.Arriving(p.At), 20) {
		lists, err := f.many(ctx, ids)
		if err != nil {
			p.Err = err
		}
		p.Events = append(p.Events, f.settler.Observe(p.At, lists)...)
	}
	if answered { // what did not grow while nobody could be asked has not settled for that
		p.Events = append(p.Events, f.settler.Settled(p.At)...)
		f.settler.Forget(p.At)
	}
	return p
}

// look searches for what is new, and tells whether the server answered.
func (f *follower) look(ctx context.Context, q zipkin.Query, p *Poll) (answered bool) {
	for range detours {
		found, err := f.search(ctx, q)
		answered = answered || err == nil || len(found.Traces) > 0
		known := f.settler.Knows(p.At, found.Traces)
		p.Events = append(p.Events, f.settler.Observe(p.At, found.Traces)...)
		if err != nil {
			p.Err = err
		}
		switch {
		case found.Cut != "" && len(found.Traces) > 0:
			// The answer broke off in a trace too large for it. Those behind it are older: ask for them alone.
			oldest := zipkin.Earliest(found.Traces[len(found.Traces)-1])
			end := time.UnixMicro(oldest).Add(-time.Millisecond)
			if oldest == 0 || !q.End.IsZero() && !end.Before(q.End) {
				return answered
			}
			q.End = end
		case found.Full && !known && !f.answered.IsZero():
			q.End = zipkin.Older(found.Traces)
			f.goBack(ctx, q, p)
			return answered
		default:
			return answered
		}
	}
	p.Missed = true // traces too large for an answer, one behind the other
	return answered
}

// goBack searches on, older and older, until what the poll before has shown: more came since than one answer holds.
func (f *follower) goBack(ctx context.Context, q zipkin.Query, p *Poll) {
	p.Missed = true
	err := zipkin.Deeper(ctx, timed{f}, q, pages, func(s zipkin.Search) bool {
		known := f.settler.Knows(p.At, s.Traces)
		p.Events = append(p.Events, f.settler.Observe(p.At, s.Traces)...)
		if known || !s.Full && s.Cut == "" {
			p.Missed = false
		}
		return !known
	})
	if err != nil {
		p.Err = err
	}
}

// timed is the source, with a limit to how long an answer may take.
type timed struct{ f *follower }

func (t timed) Traces(ctx context.Context, q zipkin.Query) (zipkin.Search, error) {
	return t.f.search(ctx, q)
}

func (f *follower) search(ctx context.Context, q zipkin.Query) (zipkin.Search, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return f.source.Traces(ctx, q)
}

// many asks for traces by id, each alone where one of them breaks the answer for all.
func (f *follower) many(ctx context.Context, ids []string) ([]zipkin.List, error) {
	lists, err := f.ask(ctx, ids)
	broken := err != nil
	for _, l := range lists {
		broken = broken || l.Cut != ""
	}
	if !broken || len(ids) == 1 {
		return lists, err
	}
	var out []zipkin.List
	for _, id := range ids {
		one, failed := f.ask(ctx, []string{id})
		if failed != nil {
			err = failed
		}
		out = append(out, one...)
	}
	return out, err
}

func (f *follower) ask(ctx context.Context, ids []string) ([]zipkin.List, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return f.source.TraceMany(ctx, ids)
}

func chunks(ids []string, size int) [][]string {
	var out [][]string
	for len(ids) > size {
		out = append(out, ids[:size])
		ids = ids[size:]
	}
	if len(ids) > 0 {
		out = append(out, ids)
	}
	return out
}
