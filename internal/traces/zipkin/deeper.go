package zipkin

import (
	"context"
	"slices"
	"time"
)

// Searcher answers queries; *API is one.
type Searcher interface {
	Traces(ctx context.Context, q Query) (Search, error)
}

// Deeper searches page after page of older traces and hands over each page without the traces seen already. It ends after
// pages of them, when a page was not full, when nothing new comes, or when yield returns false. The server's limit cuts by
// newest: only a deeper search finds an older, slower trace.
//
// A server orders traces by their latest spans, and takes its window for when they began. What a full page left out thus
// began before the latest span of the page's last trace: there the next window ends. Traces that are long enough are in
// several windows, and many may end at once: where the window can't move on, the next page is twice as large.
func Deeper(ctx context.Context, server Searcher, q Query, pages int, yield func(Search) bool) error {
	if q.Lookback <= 0 {
		q.Lookback = 24 * time.Hour
	}
	limit, begin := q.Limit, q.End.Add(-q.Lookback)
	seen := map[string]bool{}
	known := func(l List) bool {
		id := l.Spans[0].TraceID
		defer func() { seen[id] = true }()
		return seen[id]
	}
	for range pages {
		page, err := server.Traces(ctx, q)
		if err != nil {
			return err
		}
		all := page.Traces
		page.Traces = slices.DeleteFunc(slices.Clone(all), known)
		if !yield(page) || !page.Full {
			return nil
		}
		next := Older(all)
		switch {
		case q.End.IsZero(): // the server's own now, as our clock may differ
			begin = time.UnixMicro(latest(all[0])).Add(-q.Lookback)
		case len(page.Traces) == 0 || !next.Before(q.End):
			q.Limit, next = 2*len(all), q.End
		default:
			q.Limit = limit
		}
		if q.End, q.Lookback = next, next.Sub(begin); q.Lookback < time.Millisecond {
			return nil
		}
	}
	return nil
}

// Older is the end of the window that holds what a full page left out: the latest span of its last trace, in the
// resolution of endTs, which is inclusive.
func Older(page []List) time.Time {
	return time.UnixMilli((latest(page[len(page)-1]) + 999) / 1000)
}
