package watch

import (
	"errors"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// While other objects are waited for nothing is told of those that have come, so that the first Snapshot with all of them
// does not wait for its turn; but why they are waited for is.
func TestWhatComesInMeanwhileIsNotTold(t *testing.T) {
	w := &Watcher{builder: state.NewBuilder("", ""), dirty: make(chan struct{}, 1), readers: map[chan *state.Snapshot]struct{}{}, cluster: &kube.Cluster{}}
	w.space.asked = time.Now() // the namespace is not asked for
	w.health = newHealth(nil, w.mark)
	first := from(w, state.Services, &corev1.Service{}, &noBookmark{}, "")
	second := from(w, state.Events, &corev1.Service{}, &noBookmark{}, "")
	second.kind = state.Pods
	events := from(w, state.Events, &corev1.Service{}, &noBookmark{}, "")
	w.sources = []*source{first, second, events}
	w.latest = w.builder.Snapshot(time.Now(), state.Conn{Phase: state.Connecting, Since: time.Now()}, false)
	tells := func(want bool, phase state.Phase) {
		t.Helper()
		if told, _ := w.snapshot(t.Context()); told != want || w.Latest().Conn.Phase != phase {
			t.Errorf("told %v, %v; want %v, %v", told, w.Latest().Conn.Phase, want, phase)
		}
	}
	first.up()
	first.complete()
	tells(false, state.Connecting)
	second.failed(errors.New("refused"))
	tells(true, state.Connecting)
	tells(false, state.Connecting)
	second.up()
	second.complete()
	tells(true, state.Live)
	tells(true, state.Live)
}
