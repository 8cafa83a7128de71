package action

import (
	"context"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Deps is what actions run on. Whoever starts them (the dashboard, a command) fills it in once; functions that are nil
// make their actions say that they can't be had here.
type Deps struct {
	// Writer makes a writer that reports its progress; each action has one of its own.
	Writer func(progress func(write.Event)) *write.Writer
	// Snapshot is the newest one.
	Snapshot func() *state.Snapshot
	// First is what a first deploy begins with: settings from flags, environment, file and defaults.
	First func() (chain.Spec, chain.Load, error)
	// Where are the flags by which a command line acts on the same chain, such as " -n demo"; empty for none.
	Where string
	// Force makes changes take fields over from other managers.
	Force bool
	// Wait makes changes wait until the chain is as planned and ready.
	Wait bool

	// Request sends one request to the head and says how it was answered, with the id of its trace.
	Request func(context.Context) (summary, traceID string, err error)
	// Validate proves the chain; its error says what broke first. update is told what is being waited for.
	Validate func(ctx context.Context, update func(string)) (headline string, err error)
	// Forward opens a local address for the head, the collector or a link, and keeps it open after it returned, until the
	// session ends.
	Forward func(ctx context.Context, target string) (address string, err error)
	// DeletePod deletes one pod; its Deployment makes another.
	DeletePod func(ctx context.Context, name string) error
}
