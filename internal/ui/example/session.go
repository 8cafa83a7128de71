package example

import (
	"cmp"
	"context"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// Session is an example behind the dashboard's interfaces. Snapshots sent to the returned channel are shown.
func Session(kind string, n int) (*feed.Session, chan<- *state.Snapshot) {
	snapshots := make(chan *state.Snapshot, 1)
	snapshots <- Snapshot(kind, n)
	return &feed.Session{
		Context: "kind-dev", Namespace: "chain-link", Snapshots: snapshots,
		Traffic: trafficSource{Traffic(kind, n)}, Traces: traceSource{kind, n}, Logs: logSource{kind: kind, n: n}, Inspect: inspector{},
	}, snapshots
}

// Opener opens an example in the context and namespace that were asked for: in all of them the chain is the same.
func Opener(kind string, n int) feed.Opener {
	return func(_ context.Context, kubeContext, namespace string) (*feed.Session, error) {
		s, snapshots := Session(kind, n)
		s.Context, s.Namespace = cmp.Or(kubeContext, s.Context), cmp.Or(namespace, s.Namespace)
		if kubeContext != "" || namespace != "" {
			<-s.Snapshots
			snap := Snapshot(kind, n)
			snap.Context, snap.Namespace = s.Context, s.Namespace
			snapshots <- snap
		}
		if log, ok := s.Logs.(logSource); ok {
			log.namespace = namespace
			s.Logs = log
		}
		return s, nil
	}
}

type trafficSource struct{ traffic *feed.Traffic }

func (t trafficSource) Traffic(context.Context) (*feed.Traffic, error) { return t.traffic, nil }

type inspector struct{}

func (inspector) Describe(_ context.Context, pod string) (string, error) {
	return "Name:         " + pod + "\nNamespace:    chain-link\nPriority:     0\nNode:         n0/172.18.0.2\nStatus:       Running\nIP:           10.1.0.14\nContainers:\n  chain-link:\n    Image:          chaintui/link:v1.4.0\n    Port:           8000/TCP\n    State:          Running\n    Ready:          True\n    Restart Count:  0\nEvents:         <none>\n", nil
}

func (inspector) YAML(_ context.Context, pod string) (string, error) {
	return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + pod + "\n  namespace: chain-link\n  labels:\n    app: chain-link\nspec:\n  nodeName: n0\n  containers:\n  - name: chain-link\n    image: chaintui/link:v1.4.0\nstatus:\n  phase: Running\n", nil
}

// Places are three contexts, and namespaces of each.
type Places struct{}

// Contexts are those of the example's kubeconfig.
func (Places) Contexts() []string { return []string{"kind-dev", "prod", "staging"} }

// Namespaces are those of the example's cluster.
func (Places) Namespaces(_ context.Context, kubeContext string) ([]string, error) {
	if kubeContext == "prod" {
		return []string{"chain-link", "payments"}, nil
	}
	return []string{"chain-link", "default", "kube-system"}, nil
}

// ReadOnly makes an opener's sessions read-only.
func ReadOnly(open feed.Opener) feed.Opener {
	return func(ctx context.Context, kubeContext, namespace string) (*feed.Session, error) {
		s, err := open(ctx, kubeContext, namespace)
		if s != nil {
			s.ReadOnly = true
		}
		return s, err
	}
}

// Fixed opens always the same session.
func Fixed(s *feed.Session) feed.Opener {
	return func(context.Context, string, string) (*feed.Session, error) { return s, nil }
}
