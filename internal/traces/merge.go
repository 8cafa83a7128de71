package traces

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// groupByID gathers the pieces that have the same span id, in the order in which the ids appear.
func groupByID(pieces []piece) [][]*piece {
	number := make(map[uint64]int, len(pieces))
	count := make([]int, 0, len(pieces))
	of := make([]int, len(pieces))
	for i := range pieces {
		g, ok := number[pieces[i].id]
		if !ok {
			g = len(count)
			number[pieces[i].id] = g
			count = append(count, 0)
		}
		of[i] = g
		count[g]++
	}
	all := make([]*piece, len(pieces))
	groups := make([][]*piece, len(count))
	for g, at := 0, 0; g < len(count); g++ {
		groups[g] = all[at : at : at+count[g]]
		at += count[g]
	}
	for i := range pieces {
		groups[of[i]] = append(groups[of[i]], &pieces[i])
	}
	return groups
}

// side is a half while its pieces are gathered.
type side struct {
	Half
	bounded bool
	traits  traits
	known   shape // the shape under which the index knows it
	ownTags bool  // Span.Tags is no longer the map received
}

// fold gathers the pieces of one span id into halves: pieces that agree in every trait both have are one half. The most
// telling pieces go first, so that a late piece that says little finds the half it belongs to.
func fold(group []*piece) []*side {
	if len(group) == 1 {
		return []*side{newSide(group[0])}
	}
	if len(group) > 1 && slices.ContainsFunc(group, func(p *piece) bool { return p.span.Kind == zipkin.Client }) {
		for _, p := range group { // not every server says that it shares its client's id
			p.span.Shared = p.span.Shared || p.span.Kind == zipkin.Server
		}
	}
	if len(group) == 2 && !traitsOf(&group[0].span).agree(traitsOf(&group[1].span)) {
		return []*side{newSide(group[0]), newSide(group[1])} // the common case: a client's half and a server's
	}
	told := make(map[*piece]traits, len(group))
	for _, p := range group {
		told[p] = traitsOf(&p.span)
	}
	group = slices.Clone(group)
	slices.SortStableFunc(group, func(a, b *piece) int {
		return cmp.Or(told[b].count()-told[a].count(), rank(a.span.Kind)-rank(b.span.Kind))
	})
	var sides []*side
	index := newIndex()
	for _, p := range group {
		if s := index.find(told[p]); s != nil {
			s.take(p)
			index.add(s)
			continue
		}
		s := newSide(p)
		s.traits = told[p]
		sides = append(sides, s)
		index.add(s)
	}
	for _, s := range sides {
		slices.Sort(s.Pieces)
		s.Span.Annotations = cleanAnnotations(s.Span.Annotations)
	}
	slices.SortFunc(sides, func(a, b *side) int { return a.Pieces[0] - b.Pieces[0] })
	return sides
}

func rank(k zipkin.Kind) int {
	return slices.Index([]zipkin.Kind{zipkin.Client, zipkin.Server, zipkin.Producer, zipkin.Consumer, ""}, k)
}

func newSide(p *piece) *side {
	return &side{Half: Half{Span: p.span, Pieces: []int{p.position}}, bounded: p.bounded}
}

// take folds p into s: what s does not know yet is filled in, times grow to cover both.
func (s *side) take(p *piece) {
	s.Pieces = append(s.Pieces, p.position)
	s.bounded = s.bounded || p.bounded
	a, b := &s.Span, &p.span
	a.ParentID = cmp.Or(a.ParentID, b.ParentID)
	a.Kind = cmp.Or(a.Kind, b.Kind)
	a.Name = cmp.Or(a.Name, b.Name)
	if len(b.TraceID) > len(a.TraceID) {
		a.TraceID = b.TraceID
	}
	a.Shared, a.Debug = a.Shared || b.Shared, a.Debug || b.Debug
	a.Timestamp, a.Duration = cover(a, b)
	a.LocalEndpoint = mergeEndpoints(a.LocalEndpoint, b.LocalEndpoint)
	a.RemoteEndpoint = mergeEndpoints(a.RemoteEndpoint, b.RemoteEndpoint)
	if len(s.Pieces) == 2 {
		a.Annotations = slices.Clip(a.Annotations) // what was received is never written to
	}
	a.Annotations = append(a.Annotations, b.Annotations...)
	s.takeTags(b.Tags)
	s.traits = traitsOf(a)
}

func (s *side) takeTags(more map[string]string) {
	for k, v := range more {
		if _, ok := s.Span.Tags[k]; ok {
			continue
		}
		if !s.ownTags {
			s.Span.Tags, s.ownTags = maps.Clone(s.Span.Tags), true
		}
		if s.Span.Tags == nil {
			s.Span.Tags = map[string]string{}
		}
		s.Span.Tags[k] = v
	}
}

// cover is the time that covers two pieces, as zipkin2.Span.Builder.merge has it.
func cover(a, b *zipkin.Span) (start, duration int64) {
	if a.Timestamp == 0 || b.Timestamp == 0 || a.Timestamp == b.Timestamp {
		return max(a.Timestamp, b.Timestamp), max(a.Duration, b.Duration)
	}
	start = min(a.Timestamp, b.Timestamp)
	end := max(a.Timestamp+a.Duration, b.Timestamp+b.Duration)
	return start, min(end-start, maxDuration)
}

func mergeEndpoints(a, b *zipkin.Endpoint) *zipkin.Endpoint {
	if a == nil || b == nil || *a == *b {
		return cmp.Or(a, b)
	}
	return &zipkin.Endpoint{
		ServiceName: cmp.Or(a.ServiceName, b.ServiceName),
		IPv4:        cmp.Or(a.IPv4, b.IPv4),
		IPv6:        cmp.Or(a.IPv6, b.IPv6),
		Port:        cmp.Or(a.Port, b.Port),
	}
}

// traits tell halves that share an id apart. An empty one is unknown and agrees with everything.
type traits [8]string

func traitsOf(s *zipkin.Span) traits {
	t := traits{0: string(s.Kind)}
	switch {
	case s.Shared:
		t[1] = "shared"
	case s.Kind != "":
		t[1] = "own"
	}
	if e := s.LocalEndpoint; e != nil {
		t[2], t[3], t[4] = e.ServiceName, e.IPv4, e.IPv6
		if e.Port != 0 {
			t[5] = strconv.Itoa(e.Port)
		}
	}
	if e := s.RemoteEndpoint; e != nil {
		t[6], t[7] = e.ServiceName, addressOf(e)
	}
	return t
}

func (t traits) count() int {
	n := 0
	for _, s := range t {
		if s != "" {
			n++
		}
	}
	return n
}
