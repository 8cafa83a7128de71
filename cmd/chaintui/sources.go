package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/validate"
)

// sources are where a validation's data comes from.
func sources(c *config.Config, cluster *cluster) validate.Sources {
	s := validate.OfCluster(cluster.Cluster, cluster.Watcher)
	s.Drift = func(ctx context.Context) ([]validate.Drift, string, error) { return driftOf(ctx, cluster.Cluster) }
	s.Trace = func(ctx context.Context, id string) (zipkin.List, error) {
		api, err := collector(c, cluster.Cluster, cluster.Latest())
		if err != nil {
			return zipkin.List{}, err
		}
		return api.Trace(ctx, id)
	}
	return s
}

// collector is the API of whatever stores the chain's spans: --zipkin-url, a collector outside of the chain, or the
// chain's own through the API server.
func collector(c *config.Config, k *kube.Cluster, s *state.Snapshot) (*zipkin.API, error) {
	base, transport := c.Text("zipkin-url"), http.RoundTripper(nil)
	if base == "" {
		if r := s.Release(); r != nil {
			if _, own := r.Spec.OwnCollector(); !own {
				base, transport = r.Spec.Collector, outside{}
			}
		}
	}
	if base == "" {
		var client *http.Client
		client, base = k.ServiceProxy(chain.CollectorService, chain.ServicePort)
		transport = client.Transport
	}
	return zipkin.NewAPI(base, transport, zipkin.Limits{})
}

// outside carries requests to a collector that is no part of the chain: links reach it where this machine may not.
type outside struct{}

func (outside) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
		err = fmt.Errorf("%w; if only the cluster reaches it, --zipkin-url names it as this machine does", err)
	}
	return res, err
}

// driftOf compares the cluster with the newest release.
func driftOf(ctx context.Context, k *kube.Cluster) (list []validate.Drift, how string, err error) {
	found, err := write.New(k, write.Options{}).Drift(ctx)
	for _, d := range found {
		text := strings.TrimPrefix(strings.TrimPrefix(d.String(), d.ID.String()), ": ")
		list = append(list, validate.Drift{Link: d.Link, Object: d.ID.String(), Text: strings.TrimSpace(text), Foreign: len(d.Managers) > 0})
	}
	return list, "", err
}
