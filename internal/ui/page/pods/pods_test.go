package pods

import (
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/page"
)

func of(names ...string) *state.Snapshot {
	var pods []state.Pod
	for _, name := range names {
		pods = append(pods, state.Pod{Name: name, UID: name})
	}
	return &state.Snapshot{Links: []state.Link{{Workload: state.Workload{Pods: pods}}}}
}

// Details stay on their pod while others come and go, and close with it: they never become another's.
func TestDetailsAreOfOnePod(t *testing.T) {
	w, p := &page.World{Snap: of("a", "b", "c")}, New()
	show := func(names ...string) []string {
		w.Snap = of(names...)
		p.Update(w, page.Fresh{Snapshot: true})
		return p.Crumbs(w)
	}
	show("a", "b", "c")
	p.Do(w, "down")
	p.Do(w, "open")
	if got := show("x", "a", "b"); len(got) != 1 || got[0] != "b" {
		t.Errorf("details of %q, want b's", got)
	}
	if got := show("x", "a", "c"); len(got) != 0 {
		t.Errorf("details of %q after b is gone", got)
	}
	if pod := p.pod(); pod == nil || pod.Name != "c" {
		t.Errorf("the cursor is on %+v", pod)
	}
}

// Opening the details chooses their pod, as moving to it does.
func TestDetailsThatAreOpenChoose(t *testing.T) {
	w, p := &page.World{Snap: of("b")}, New()
	p.Update(w, page.Fresh{Snapshot: true})
	p.Do(w, "open")
	w.Snap = of("a", "b")
	p.Update(w, page.Fresh{Snapshot: true})
	if got := p.Crumbs(w); len(got) != 1 || got[0] != "b" {
		t.Errorf("details of %q, want b's", got)
	}
}
