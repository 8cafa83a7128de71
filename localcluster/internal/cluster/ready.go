//go:build linux

package cluster

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/config"
)

// objects are created in every cluster: the Service of its DNS, which runs
// outside pods, and the rights that CoreDNS needs.
//
//go:embed objects
var objects embed.FS

func (s *starter) createObjects() error {
	return fs.WalkDir(objects, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := objects.ReadFile(path)
		if err != nil {
			return err
		}
		var request struct {
			Path   string          `json:"path"`
			Object json.RawMessage `json:"object"`
		}
		if err := json.Unmarshal(text, &request); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		// The API server says ready a moment before kube-system exists.
		return s.poll(path, func(ctx context.Context) error { return s.api.Create(ctx, request.Path, request.Object) })
	})
}

// ready waits until a pod that is created now would start.
func (s *starter) ready(r record) error {
	waits := []struct {
		what string
		try  func(context.Context) error
	}{
		{"the node", func(ctx context.Context) error { return s.nodeReady(ctx, r.Params.Name) }},
		{"the default service account", func(ctx context.Context) error {
			return s.api.Get(ctx, "/api/v1/namespaces/default/serviceaccounts/default", nil)
		}},
		{"the default namespace's certificates", func(ctx context.Context) error {
			return s.api.Get(ctx, "/api/v1/namespaces/default/configmaps/kube-root-ca.crt", nil)
		}},
		{"the scheduler", s.healthOf(r, config.Scheduler)},
		{"kube-proxy", s.healthOf(r, config.Proxy)},
		{"the cluster's DNS", s.resolves},
	}
	for _, wait := range waits {
		if err := s.poll(wait.what, wait.try); err != nil {
			return err
		}
	}
	return nil
}

func (s *starter) healthOf(r record, name string) func(context.Context) error {
	return func(ctx context.Context) error {
		part, err := component(r.Params, name)
		if err != nil {
			return err
		}
		return s.cluster.health(ctx, s.inside, part.Health)
	}
}

// nodeReady fails until the node is Ready and without taints that keep pods away.
func (s *starter) nodeReady(ctx context.Context, name string) error {
	status, err := nodeStatus(ctx, s.api, name)
	if err != nil {
		return err
	}
	if status != "Ready" {
		return fmt.Errorf("it is %s", status)
	}
	return nil
}

// answerTime is how long the DNS may take: a question that got lost because
// kube-proxy had no rules for it yet is asked again soon, and not after the
// resolver's five seconds.
const answerTime = 250 * time.Millisecond

// resolves asks CoreDNS, at its Service's address, for a name that every
// cluster has.
func (s *starter) resolves(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	resolver := net.Resolver{PreferGo: true, StrictErrors: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return s.ns.Dial(ctx, network, config.DNSService+":53")
	}}
	addresses, err := resolver.LookupHost(ctx, "kubernetes.default.svc.cluster.local.")
	if err != nil {
		return err
	}
	if len(addresses) != 1 || addresses[0] != config.APIService {
		return fmt.Errorf("kubernetes.default resolves to %v", addresses)
	}
	return nil
}
