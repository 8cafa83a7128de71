package zipkin

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Search is the answer to a [Query]: one List a trace, newest first by its latest span, however the server ordered them.
type Search struct {
	Traces []List
	Full   bool   // as many as were asked for: there may be more, and older ones
	Cut    string // why the answer ended early; empty when it was read to its end
}

// Traces searches. Lists without a single decodable span are left out. With an error comes what was read until then.
func (c *API) Traces(ctx context.Context, q Query) (Search, error) {
	var s Search
	err := c.each(ctx, "/api/v2/traces", q.Values(), func(l List) error {
		if l.Cut != "" {
			s.Cut = l.Cut
		}
		if len(l.Spans) > 0 {
			s.Traces = append(s.Traces, l)
		}
		return nil
	})
	if err != nil && s.Cut == "" {
		s.Cut = err.Error()
	}
	slices.SortStableFunc(s.Traces, func(a, b List) int {
		return cmp.Compare(latest(b), latest(a))
	})
	limit := q.Limit
	if limit <= 0 {
		limit = 10
	}
	s.Full = len(s.Traces) >= limit
	s.Traces = s.Traces[:min(limit, len(s.Traces))] // a server may send more all the same
	return s, err
}

// Trace gets one trace. errors.Is(err, ErrNotFound) when the server has none of that id.
func (c *API) Trace(ctx context.Context, id string) (List, error) {
	padded, err := PadID(strings.TrimSpace(id), 32)
	if err != nil {
		return List{}, errors.New("the trace id " + snippet([]byte(id)) + " " + err.Error())
	}
	var lists []List
	err = c.each(ctx, "/api/v2/trace/"+padded, nil, func(l List) error {
		lists = append(lists, l)
		return nil
	})
	return Join(lists...), err
}

// TraceMany gets several traces, in no order; ids that the server does not have are left out. The API takes two ids at
// least and refuses a repeated one: one id is asked for alone, none gives none, and repeats are dropped.
func (c *API) TraceMany(ctx context.Context, ids []string) ([]List, error) {
	var padded []string
	for _, id := range ids {
		p, err := PadID(strings.TrimSpace(id), 32)
		if err != nil {
			return nil, errors.New("the trace id " + snippet([]byte(id)) + " " + err.Error())
		}
		if !slices.Contains(padded, p) {
			padded = append(padded, p)
		}
	}
	if len(padded) < 2 {
		return c.alone(ctx, padded)
	}
	var lists []List
	err := c.each(ctx, "/api/v2/traceMany", url.Values{"traceIds": {strings.Join(padded, ",")}}, func(l List) error {
		if len(l.Spans) > 0 {
			lists = append(lists, l)
		}
		return nil
	})
	return lists, err
}

func (c *API) alone(ctx context.Context, ids []string) ([]List, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	l, err := c.Trace(ctx, ids[0])
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return []List{l}, err
}

func (c *API) each(ctx context.Context, path string, q url.Values, yield func(List) error) error {
	answer, err := c.do(ctx, path, q)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	watched := &contextReader{ctx: ctx, r: answer.Body}
	err = Each(watched, c.limits, yield)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, ErrNotSpans) {
		return &StatusError{Status: http.StatusOK, Body: strings.TrimPrefix(err.Error(), ErrNotSpans.Error()+": it begins with "), URL: c.where(path, q)}
	}
	return err
}

// contextReader ends a body when its context does, also where a transport does not.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

func latest(l List) int64 {
	var t int64
	for i := range l.Spans {
		t = max(t, l.Spans[i].Timestamp)
	}
	return t
}

// Earliest is the first timestamp of a trace in microseconds; 0 when it has none.
func Earliest(l List) int64 {
	var t int64
	for i := range l.Spans {
		if ts := l.Spans[i].Timestamp; ts > 0 && (t == 0 || ts < t) {
			t = ts
		}
	}
	return t
}
