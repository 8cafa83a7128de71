package session

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// OfFile opens the traces of a file, for which no cluster is asked. name is the file's, safe to print.
func OfFile(name string, lists []zipkin.List) feed.Opener {
	f := &file{lists: map[string]zipkin.List{}}
	for _, l := range lists {
		t := traces.BuildList(l)
		f.lists[t.ID] = l
		f.traffic.Recent = append(f.traffic.Recent, t)
	}
	slices.SortStableFunc(f.traffic.Recent, func(a, b *traces.Trace) int { return cmp.Compare(b.Start, a.Start) })
	return func(context.Context, string, string) (*feed.Session, error) {
		snapshots := make(chan *state.Snapshot, 1)
		snapshots <- &state.Snapshot{Version: 1, At: time.Now(), Namespace: name, Conn: state.Conn{
			Phase: state.NoCluster, Since: time.Now(), Err: "these are the traces of " + name + ": no cluster is looked at",
		}}
		return &feed.Session{Namespace: name, ReadOnly: true, Snapshots: snapshots, Traffic: f, Traces: f}, nil
	}
}

// file is what was read of one.
type file struct {
	traffic feed.Traffic
	lists   map[string]zipkin.List // by trace id
}

// Traffic is all traces of the file.
func (f *file) Traffic(context.Context) (*feed.Traffic, error) { return &f.traffic, nil }

// Traces finds nothing: a file is shown whole.
func (f *file) Traces(context.Context, zipkin.Query) (zipkin.Search, error) {
	return zipkin.Search{}, errors.New("a file is shown whole")
}

// Services are none beside those of the traces on screen.
func (f *file) Services(context.Context) ([]string, error) { return nil, nil }

// Trace gets one trace.
func (f *file) Trace(_ context.Context, id string) (zipkin.List, error) {
	if l, ok := f.lists[id]; ok {
		return l, nil
	}
	return zipkin.List{}, &zipkin.StatusError{Status: http.StatusNotFound, Body: "the file has no trace " + id}
}
