// Package feed is what the dashboard is fed with: small interfaces to a cluster, its traces and its logs, so that real
// things, recordings and tests can stand behind the same screens.
package feed

import (
	"context"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Session is one chain's sources: one context, one namespace. A nil source means that the page has nothing to show.
type Session struct {
	Context   string
	Namespace string
	ReadOnly  bool

	// Snapshots gives the newest snapshot whenever there is one; a slow reader skips some. It is closed at the end.
	Snapshots <-chan *state.Snapshot
	Traffic   TrafficSource
	Traces    TraceSource
	Logs      LogSource
	Inspect   Inspector
	Deps      action.Deps // what actions run on

	// Close ends the session and everything that it started. It may be called once.
	Close func()
}

// Opener opens a session for a context and namespace of the user's kubeconfig; empty ones are the current ones. It
// does no network I/O: what goes wrong on the network is said by snapshots.
type Opener func(ctx context.Context, kubeContext, namespace string) (*Session, error)

// Inspector shows pods as kubectl would.
type Inspector interface {
	// Describe is what `kubectl describe pod` prints.
	Describe(ctx context.Context, pod string) (string, error)
	// YAML is the pod as the API server has it, without managedFields.
	YAML(ctx context.Context, pod string) (string, error)
}

// Places lists where a user can go: contexts of the kubeconfig, and namespaces of a context.
type Places interface {
	Contexts() []string
	Namespaces(ctx context.Context, kubeContext string) ([]string, error)
}
