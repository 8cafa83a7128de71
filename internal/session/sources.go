package session

import (
	"context"
	"strings"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/validate"
)

// Sources are where a validation's data comes from.
func Sources(c *Collector, w *watch.Watcher) validate.Sources {
	s := validate.OfCluster(c.cluster, w)
	s.Drift = func(ctx context.Context) ([]validate.Drift, string, error) { return drift(ctx, c.cluster) }
	s.Collector = func() string { return c.Name(w.Latest()) }
	s.Trace = func(ctx context.Context, id string) (zipkin.List, error) {
		api, err := c.API(w.Latest())
		if err != nil {
			return zipkin.List{}, err
		}
		list, err := api.Trace(ctx, id)
		if c.throughAPI(w.Latest()) { // a lost API server is not the collector's fault
			err = kube.Classify(err)
		}
		return list, err
	}
	return s
}

// drift compares the cluster with the newest release.
func drift(ctx context.Context, k *kube.Cluster) (list []validate.Drift, how string, err error) {
	found, err := write.New(k, write.Options{}).Compare(ctx)
	for _, d := range found.Drifts {
		text := strings.TrimPrefix(strings.TrimPrefix(d.String(), d.ID.String()), ": ")
		list = append(list, validate.Drift{Link: d.Link, Object: d.ID.String(), Text: strings.TrimSpace(text), Foreign: len(d.Managers) > 0})
	}
	var notes []string
	if len(found.Unseen) > 0 {
		notes = append(notes, "as far as it can be seen: "+strings.Join(found.Unseen, "; "))
	}
	if len(found.Added) > 0 {
		notes = append(notes, "others have added to it: "+strings.Join(found.Added, "; "))
	}
	return list, strings.Join(notes, "; "), err
}
