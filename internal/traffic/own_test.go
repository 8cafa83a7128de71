package traffic

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func TestOwn(t *testing.T) {
	id := 0
	span := func(service, namespace string) zipkin.Span {
		id++
		s := zipkin.Span{TraceID: "1", ID: fmt.Sprint(id), LocalEndpoint: &zipkin.Endpoint{ServiceName: service}}
		if namespace != "" {
			s.Tags = map[string]string{chain.NamespaceTag: namespace}
		}
		return s
	}
	for _, tc := range []struct {
		name  string
		spans []zipkin.Span
		own   bool
	}{
		{"ours", []zipkin.Span{span(chain.ServiceName(0), "mine"), span(chain.ServiceName(1), "mine")}, true},
		{"another chain's", []zipkin.Span{span(chain.ServiceName(0), "other"), span(chain.ServiceName(1), "other")}, false},
		{"another chain's with a link that does not say", []zipkin.Span{span(chain.ServiceName(0), ""), span(chain.ServiceName(1), "other")}, false},
		{"through both", []zipkin.Span{span(chain.ServiceName(0), "other"), span(chain.ServiceName(1), "mine")}, true},
		{"links that don't say", []zipkin.Span{span(chain.ServiceName(0), "")}, true},
		{"such, through a gateway that does", []zipkin.Span{span("gateway", "ingress"), span(chain.ServiceName(0), "")}, true},
		{"of no chain", []zipkin.Span{span("shop", "other")}, true},
		{"without a service", []zipkin.Span{{TraceID: "1", ID: "1"}}, true},
	} {
		if got := Own("mine", []zipkin.List{zipkin.Of(tc.spans)}); (len(got) == 1) != tc.own {
			t.Errorf("%s: %v", tc.name, got)
		}
		if got := OwnTrace("mine", traces.BuildList(zipkin.Of(tc.spans))); got != tc.own {
			t.Errorf("%s, as a trace: %v", tc.name, got)
		}
	}
}
