package session

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Collector reaches whatever stores a chain's spans, wherever its newest release says that is, or else its head.
type Collector struct {
	url     string // when given, where traces are read, whatever a release says
	cluster *kube.Cluster
	outside outside
}

// NewCollector is the way to the collector of the chain in the cluster's namespace. url, when it is not empty, is where
// traces are read instead.
func NewCollector(url string, cluster *kube.Cluster) *Collector {
	return &Collector{url: url, cluster: cluster, outside: outside{cluster: cluster, plain: http.DefaultTransport}}
}

// API is the collector's, as a snapshot's release has it: the chain's own through the API server's proxy, another as
// this machine reaches it.
func (c *Collector) API(s *state.Snapshot) (*zipkin.API, error) {
	switch other := elsewhere(s); {
	case c.url != "":
		return zipkin.NewAPI(c.url, nil, zipkin.Limits{})
	case other != "":
		return zipkin.NewAPI(other, &c.outside, zipkin.Limits{})
	}
	client, base := c.cluster.ServiceProxy(chain.CollectorService, chain.ServicePort)
	return zipkin.NewAPI(base, client.Transport, zipkin.Limits{})
}

// throughAPI tells whether the collector is the chain's own, which is asked through the API server alone.
func (c *Collector) throughAPI(s *state.Snapshot) bool { return c.url == "" && elsewhere(s) == "" }

// Name is what the collector is called: its Service when it is the chain's own, else its URL.
func (c *Collector) Name(s *state.Snapshot) string {
	name := cmp.Or(c.url, elsewhere(s), chain.CollectorService)
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		return u.Redacted()
	}
	return name[strings.LastIndex(name, "@")+1:] // no password, where the scheme was left out
}

// elsewhere is the URL of a collector that is no part of the chain; empty when the chain has its own. Without a release the
// head's Deployment says where the spans go.
func elsewhere(s *state.Snapshot) string {
	switch r := s.Release(); {
	case r != nil:
		if _, own := r.Spec.OwnCollector(); !own {
			return r.Spec.Collector
		}
	case len(s.Links) > 0:
		collector, _ := chain.CollectorOutside(s.Links[0].Spans, s.Namespace)
		return collector
	}
	return ""
}
