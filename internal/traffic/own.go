package traffic

import (
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Own are the traces of the chain in a namespace, and those that may be: links are called the same in every namespace, and
// several chains may send their spans to one collector. Our links tag theirs with the namespace; spans of links of other
// images say nothing.
func Own(namespace string, lists []zipkin.List) []zipkin.List {
	return slices.DeleteFunc(slices.Clone(lists), func(l zipkin.List) bool {
		p := places{namespace: namespace}
		for i := range l.Spans {
			p.add(&l.Spans[i])
		}
		return p.elsewhere()
	})
}

// OwnTrace tells whether a trace is one of those.
func OwnTrace(namespace string, t *traces.Trace) bool {
	p := places{namespace: namespace}
	for i := range t.Rows {
		for _, half := range []*traces.Half{t.Rows[i].Own, t.Rows[i].Caller} {
			if half != nil {
				p.add(&half.Span)
			}
		}
	}
	return !p.elsewhere()
}

// places are where the links are that a trace has crossed.
type places struct {
	namespace   string
	here, other bool
}

func (p *places) add(s *zipkin.Span) {
	if s.LocalEndpoint == nil {
		return
	}
	in := s.Tags[chain.NamespaceTag]
	if _, link := chain.Index(s.LocalEndpoint.ServiceName); !link || in == "" {
		return
	}
	p.here = p.here || in == p.namespace
	p.other = p.other || in != p.namespace
}

// elsewhere tells whether all that said where they are, and one did, are in other namespaces.
func (p *places) elsewhere() bool { return p.other && !p.here }
