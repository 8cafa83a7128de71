//go:build linux

package cluster

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/api"
	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/node"
	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

// starter starts components and waits for them. The end of any component that
// it started ends every wait, with that component's last words.
type starter struct {
	cluster Cluster
	ctx     context.Context
	cancel  context.CancelCauseFunc
	ns      node.Namespaces
	group   node.Cgroup
	api     *api.Client
	inside  *http.Client // to addresses in the network namespace
}

func (c Cluster) starter(ctx context.Context, r record) (*starter, error) {
	holder, err := c.daemon(gateway)
	if err != nil {
		return nil, err
	}
	ns, err := node.OpenNamespaces(holder.Process)
	if err != nil {
		return nil, err
	}
	group, err := c.group()
	if err != nil {
		return nil, err
	}
	client, err := c.client(r)
	if err != nil {
		return nil, err
	}
	s := &starter{cluster: c, ns: ns, group: group, api: client}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.inside = &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{
		DialContext: ns.Dial, DisableKeepAlives: true,
		// Health only, on addresses that no other process can have.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, //nolint:gosec
	}}
	return s, nil
}

func (c Cluster) client(r record) (*api.Client, error) {
	read := func(name string) []byte {
		text, _ := os.ReadFile(c.path("pki", name)) // what is missing shows as no certificate
		return text
	}
	return api.NewClient(r.Server, read("ca.crt"), pki.Pair{Cert: read("admin.crt"), Key: read("admin.key")})
}

func (s *starter) close() {
	s.cancel(nil)
	s.api.Close()
	s.ns.Close()
}

func (s *starter) start(part config.Component) error {
	cmd, err := s.cluster.launch(part, s.ns, s.group)
	if err != nil {
		return err
	}
	go func() { // ends with the component, or with this program, which it survives
		err := cmd.Wait()
		s.cancel(s.cluster.died(part.Name, err))
	}()
	return nil
}

func (s *starter) healthy(part config.Component) error {
	return s.poll(part.Name, func(ctx context.Context) error { return s.cluster.health(ctx, s.inside, part.Health) })
}

// answers waits until a component answers at all, be it that it is not ready yet.
func (s *starter) answers(part config.Component) error {
	return s.poll(part.Name, func(ctx context.Context) error {
		err := s.cluster.health(ctx, s.inside, part.Health)
		if _, status := errors.AsType[unhealthy](err); status {
			return nil
		}
		return err
	})
}

// unhealthy is the answer of a component that does not work, or not yet.
type unhealthy string

func (u unhealthy) Error() string { return string(u) }

// health asks a component how it is.
func (c Cluster) health(ctx context.Context, inside *http.Client, h config.Health) error {
	if h.URL == "" {
		var dialer net.Dialer
		// A unix socket is a file, which has another path out here.
		address := strings.Replace(h.Address, config.State, c.dir, 1)
		conn, err := dialer.DialContext(ctx, h.Network, address)
		if err != nil {
			return err
		}
		return conn.Close()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL, nil)
	if err != nil {
		return err
	}
	answer, err := inside.Do(request)
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return unhealthy(answer.Status)
	}
	return nil
}

// poll tries until it succeeds; what names what is waited for.
func (s *starter) poll(what string, try func(context.Context) error) error {
	for {
		err := try(s.ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.ctx.Done():
			return fmt.Errorf("waiting for %s (%w): %w", what, err, context.Cause(s.ctx))
		case <-time.After(25 * time.Millisecond):
		}
	}
}
