package collector

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/collector/store"
	"github.com/chaintui/chaintui/internal/collector/wire"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// getDependencies counts who called whom in the traces of a window. One such count runs at a time, for it reads them all.
func (s *Server) getDependencies(w http.ResponseWriter, r *http.Request, values url.Values) {
	p := parameters{values: values}
	endTs, lookback := p.primitive("endTs", 64, nil), p.integer("lookback", defaultLookback)
	switch {
	case p.err != nil:
	case endTs <= 0:
		p.fail(wire.Refusal("endTs <= 0"))
	case lookback <= 0:
		p.fail(wire.Refusal("lookback <= 0"))
	}
	if p.err != nil {
		refuse(w, http.StatusBadRequest, p.err.Error())
		return
	}
	if s.linking.Acquire(r.Context(), 1) != nil {
		return // the client has gone
	}
	defer s.linking.Release(1)
	links := map[[2]string]*zipkin.Link{}
	for _, key := range s.store.Within(endTs, lookback) {
		if r.Context().Err() != nil {
			return
		}
		for _, link := range traces.Links(traces.Build(s.spansOf(key))) {
			between := [2]string{link.Parent, link.Child}
			if sum := links[between]; sum != nil {
				sum.CallCount += link.CallCount
				sum.ErrorCount += link.ErrorCount
			} else {
				links[between] = &link
			}
		}
	}
	s.answerLinks(w, r, links)
}

func (s *Server) answerLinks(w http.ResponseWriter, r *http.Request, links map[[2]string]*zipkin.Link) {
	sorted := make([]*zipkin.Link, 0, len(links))
	for _, link := range links {
		sorted = append(sorted, link)
	}
	slices.SortFunc(sorted, func(a, b *zipkin.Link) int {
		return cmp.Or(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Child, b.Child))
	})
	a := newAnswer(w, r)
	a.body = append(a.body, '[')
	for i, link := range sorted {
		if i > 0 {
			a.body = append(a.body, ',')
		}
		a.body = wire.AppendString(append(a.body, `{"parent":`...), link.Parent)
		a.body = wire.AppendString(append(a.body, `,"child":`...), link.Child)
		a.body = strconv.AppendInt(append(a.body, `,"callCount":`...), link.CallCount, 10)
		if link.ErrorCount > 0 {
			a.body = strconv.AppendInt(append(a.body, `,"errorCount":`...), link.ErrorCount, 10)
		}
		a.body = append(a.body, '}')
	}
	a.body = append(a.body, ']')
	a.close()
}

// spansOf copies a trace out of the store. Its ids are the lower 64 bits, by which Zipkin links.
func (s *Server) spansOf(key store.Key) []zipkin.Span {
	var spans []zipkin.Span
	s.store.Each(key, func(span *wire.Span) {
		copied := zipkin.Span{
			TraceID: wire.TraceID{Low: span.Trace.Low}.String(), ID: wire.TraceID{Low: span.ID}.String(),
			Kind: zipkin.Kind(span.Kind.String()), Name: strings.Clone(span.Name),
			Timestamp: span.Timestamp, Duration: span.Duration, Shared: span.Shared,
			LocalEndpoint: endpointOf(span.Local), RemoteEndpoint: endpointOf(span.Remote),
		}
		if span.Parent != 0 {
			copied.ParentID = wire.TraceID{Low: span.Parent}.String()
		}
		for _, tag := range span.Tags {
			if tag.Key == "error" { // the only one that links know
				copied.Tags = map[string]string{"error": strings.Clone(tag.Value)}
			}
		}
		spans = append(spans, copied)
	})
	return spans
}

func endpointOf(e wire.Endpoint) *zipkin.Endpoint {
	if e == (wire.Endpoint{}) {
		return nil
	}
	return &zipkin.Endpoint{ServiceName: strings.Clone(e.Service), IPv4: strings.Clone(e.IPv4),
		IPv6: strings.Clone(e.IPv6), Port: int(e.Port)}
}
