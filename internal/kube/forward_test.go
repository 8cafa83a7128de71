package kube

import (
	"context"
	"sync"
	"testing"

	"k8s.io/streaming/pkg/httpstream"
)

// tube is a tunnel's connection that knows whether it is open.
type tube struct {
	httpstream.Connection
	closed chan bool
}

func (p *tube) CloseChan() <-chan bool { return p.closed }

func (p *tube) Close() error {
	close(p.closed)
	return nil
}

// Connections that begin at once share a tunnel: of those that they dug, all but the one that is kept are closed.
func TestOneTunnelToAPod(t *testing.T) {
	const connections = 5
	var digging sync.WaitGroup
	digging.Add(connections)
	tubes := make(chan *tube, connections)
	f := &Forward{tunnels: map[string]*tunnel{}, dig: func(context.Context, string) (*tunnel, error) {
		digging.Done()
		digging.Wait()
		p := &tube{closed: make(chan bool)}
		tubes <- p
		return &tunnel{connection: p}, nil
	}}
	got := make([]*tunnel, connections)
	var group sync.WaitGroup
	for i := range got {
		group.Go(func() { got[i], _ = f.tunnel(t.Context(), "pod") })
	}
	group.Wait()
	for _, one := range got {
		if one == nil || one != f.tunnels["pod"] || !one.alive() {
			t.Errorf("a connection goes by %+v", one)
		}
	}
	close(tubes)
	open := 0
	for p := range tubes {
		if (&tunnel{connection: p}).alive() {
			open++
		}
	}
	if open != 1 {
		t.Errorf("%d tunnels are open", open)
	}
}
