package session

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/validate"
)

// Collector is the API of whatever stores a chain's spans: url when it is given, a collector outside of the chain, or the
// chain's own through the API server's proxy.
func Collector(url string, k *kube.Cluster, s *state.Snapshot) (*zipkin.API, error) {
	var transport http.RoundTripper
	if r := s.Release(); url == "" && r != nil {
		if _, own := r.Spec.OwnCollector(); !own {
			url, transport = r.Spec.Collector, outside{}
		}
	}
	if url == "" {
		var client *http.Client
		client, url = k.ServiceProxy(chain.CollectorService, chain.ServicePort)
		transport = client.Transport
	}
	return zipkin.NewAPI(url, transport, zipkin.Limits{})
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

// Sources are where a validation's data comes from; url as in Collector.
func Sources(url string, k *kube.Cluster, w *watch.Watcher) validate.Sources {
	s := validate.OfCluster(k, w)
	s.Drift = func(ctx context.Context) ([]validate.Drift, string, error) { return drift(ctx, k) }
	s.Trace = func(ctx context.Context, id string) (zipkin.List, error) {
		api, err := Collector(url, k, w.Latest())
		if err != nil {
			return zipkin.List{}, err
		}
		return api.Trace(ctx, id)
	}
	return s
}

// drift compares the cluster with the newest release.
func drift(ctx context.Context, k *kube.Cluster) (list []validate.Drift, how string, err error) {
	found, err := write.New(k, write.Options{}).Drift(ctx)
	for _, d := range found {
		text := strings.TrimPrefix(strings.TrimPrefix(d.String(), d.ID.String()), ": ")
		list = append(list, validate.Drift{Link: d.Link, Object: d.ID.String(), Text: strings.TrimSpace(text), Foreign: len(d.Managers) > 0})
	}
	return list, "", err
}
