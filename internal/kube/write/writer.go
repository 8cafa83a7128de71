// Package write changes chains, and is the only package that does: what a user wants is an Intent; with the Current
// state of the cluster it makes a Plan, a pure value that says what would be created, changed, restarted and deleted;
// Run carries it out. Refusing changes to a read-only user happens here and nowhere else.
package write

import (
	"context"
	"errors"
	"time"

	"k8s.io/client-go/rest"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/manifests"
)

// ErrReadOnly refuses every change while the cluster is used read-only. Dry runs are allowed.
var ErrReadOnly = errors.New("read-only: changes are refused (--read-only)")

// workers is how many requests are under way at most. API Priority and Fairness gives an ordinary user some 49 seats.
const workers = 32

// attempt bounds one request: a connection that is dead without an error is given up after this, and tried again.
const attempt = 15 * time.Second

// Event is a moment of a running change.
type Event struct {
	Step    string // what is being done, such as "waiting for the links"
	Done    int    // of Total; both 0 when it can't be counted
	Total   int
	Message string // something worth keeping, such as a retry; empty for none
}

// Watcher is what a change is waited for with; *watch.Watcher is one.
type Watcher interface {
	// Wait calls check with the newest Snapshot, at once and after each change, until it is done or fails or ctx ends.
	Wait(ctx context.Context, check func(*state.Snapshot) (done bool, err error)) error
}

// Options of a Writer. All may be left out.
type Options struct {
	Watcher  Watcher       // needed to grow a chain and to wait
	Force    bool          // take fields over from other managers
	Grace    time.Duration // how long a link may fail before a change that waits for it gives up; default 20 s
	Progress func(Event)   // called from one goroutine at a time
}

// Writer changes one chain. It is safe for concurrent use, but runs one change at a time best.
type Writer struct {
	cluster   *kube.Cluster
	namespace string
	options   Options
	progress  *progress
}

// New makes the writer of the chain in the cluster's namespace. It does no network I/O.
func New(cluster *kube.Cluster, o Options) *Writer {
	if o.Grace == 0 {
		o.Grace = 20 * time.Second
	}
	return &Writer{cluster: cluster, namespace: cluster.Namespace, options: o, progress: &progress{report: o.Progress}}
}

// Forcing is the same writer, but it takes fields over from other managers.
func (w *Writer) Forcing() *Writer {
	forcing := *w
	forcing.options.Force = true
	return &forcing
}

// allowed refuses a change that is no dry run when the cluster is read-only. Every request that changes something
// passes it.
func (w *Writer) allowed(dryRun bool) error {
	if w.cluster.ReadOnly && !dryRun {
		return ErrReadOnly
	}
	return nil
}

// api is the client of the kind's API group.
func (w *Writer) api(k manifests.Kind) rest.Interface {
	return w.cluster.Client.API(k.Resource().GroupVersion())
}

// ours tells whether labels are those of an object of this chain.
func ours(labels map[string]string, namespace string) bool {
	return labels[chain.ManagedByLabel] == chain.Manager && labels[chain.PartOfLabel] == namespace
}
