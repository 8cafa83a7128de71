//go:build linux

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/host"
	"github.com/chaintui/chaintui/localcluster/internal/node"
)

func (c Cluster) create(ctx context.Context, bin string, out io.Writer) error {
	runc, found := host.Find("runc")
	if !found {
		return errors.New("runc is not installed")
	}
	host.LoadModules(ctx)
	group, err := c.group()
	if err != nil {
		return err
	}
	if err := group.Create(); err != nil {
		return err
	}
	listener, err := listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	r := record{
		Server: "https://" + listener.Addr().String(), Bin: bin,
		Params: config.Params{Name: c.Name, Cgroup: "/" + group.Name, Runc: runc},
	}
	if err := c.write(r); err != nil {
		return err
	}
	if err := c.startGateway(group, listener, bin); err != nil {
		return err
	}
	s, err := c.starter(ctx, r)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.startAll(r, out); err != nil {
		return err
	}
	r.Complete = true
	return writeJSON(c.path("cluster.json"), r)
}

// ports are where the API server may be reached: the first that is free.
const firstPort, lastPort = 16443, 16542

func listen() (*net.TCPListener, error) {
	var err error
	for port := firstPort; port <= lastPort; port++ {
		var listener net.Listener
		if listener, err = net.Listen("tcp4", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			return listener.(*net.TCPListener), nil
		}
	}
	return nil, fmt.Errorf("no port from %d to %d is free: %w", firstPort, lastPort, err)
}

func (c Cluster) startGateway(group node.Cgroup, listener *net.TCPListener, bin string) error {
	file, err := listener.File()
	if err != nil {
		return err
	}
	defer file.Close()
	_, process, err := node.StartGateway(node.Gateway{
		Cgroup: group.Name, NodeIP: config.NodeIP, Routes: config.ServiceCIDR, Target: config.APIAddress,
		Mounts: node.Mounts{State: c.dir, AtState: config.State, Bin: bin, AtBin: config.Bin},
	}, file, c.Log(gateway))
	if err != nil {
		return err
	}
	return c.remember(gateway, daemon{Process: process})
}

// startAll starts the components, each when what it needs is there, and waits
// until the cluster is of use.
func (s *starter) startAll(r record, out io.Writer) error {
	parts := map[string]config.Component{}
	for _, each := range config.Components(r.Params) {
		parts[each.Name] = each
	}
	for _, name := range []string{config.Etcd, config.Containerd} {
		if err := s.start(parts[name]); err != nil {
			return err
		}
	}
	var both errgroup.Group
	both.Go(func() error {
		if err := s.healthy(parts[config.Containerd]); err != nil {
			return err
		}
		return s.importPause(r)
	})
	both.Go(func() error {
		// An API server that finds no etcd waits a second before it looks again.
		if err := s.healthy(parts[config.Etcd]); err != nil {
			return err
		}
		if err := s.start(parts[config.APIServer]); err != nil {
			return err
		}
		if err := s.answers(parts[config.APIServer]); err != nil {
			return err
		}
		// A node may register before the API server has made its roles, which takes it two seconds.
		if err := s.start(parts[config.Kubelet]); err != nil {
			return err
		}
		if err := s.healthy(parts[config.APIServer]); err != nil {
			return err
		}
		fmt.Fprintln(out, "the API server is ready")
		// The others find it at once, so none has to back off.
		for _, name := range []string{config.ControllerManager, config.Scheduler, config.CoreDNS, config.Proxy} {
			if err := s.start(parts[name]); err != nil {
				return err
			}
		}
		return s.createObjects()
	})
	if err := both.Wait(); err != nil {
		return err
	}
	return s.ready(r)
}
