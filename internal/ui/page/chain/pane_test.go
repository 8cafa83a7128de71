package chain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/page"
)

func world(kind string, n int, change func(*state.Snapshot)) *page.World {
	w := &page.World{Now: example.Now, Snap: example.Snapshot(kind, n), Traffic: example.Traffic(kind, n), KeyOf: func(string) string { return "" }}
	if change != nil {
		change(w.Snap)
	}
	return w
}

// crowd gives link 2 a hundred pods, of which the last is not ready.
func crowd(s *state.Snapshot) {
	l := &s.Links[2]
	one := l.Pods[0]
	l.Pods = nil
	for i := range 100 {
		one.Name, one.Ready, one.Restarts = fmt.Sprintf("chain-link-deployment-2-6c9f7d54b8-%05d", i), i < 99, 3
		l.Pods = append(l.Pods, one)
	}
}

// Whatever its size, the pane has room for each kind of thing: pods don't push traces and events out.
func TestPaneHasRoomForAll(t *testing.T) {
	for _, size := range [][2]int{{78, 7}, {78, 9}, {118, 12}, {70, 56}, {53, 36}, {100, 14}} {
		for name, change := range map[string]func(*state.Snapshot){"one pod": nil, "a hundred": crowd} {
			c := canvas.New(size[0], size[1])
			w := world(example.Slow, 6, change)
			drawPane(w, c, items(w)[2])
			got := c.String()
			want := []string{"slow for 40 s", "restart", "image", "own time in the newest traces"}
			if size[1] > 8 {
				want = append(want, "Unhealthy")
			}
			if change != nil {
				want = append(want, "99 of 100 ready")
				if size[1] > 9 {
					want = append(want, "99 ") // the one that is not
				}
			}
			for _, text := range want {
				if !strings.Contains(got, text) {
					t.Errorf("%v, %s: no %q in\n%s", size, name, text, got)
				}
			}
		}
	}
}

// A pod's line never runs into its age, and names are told apart by their ends.
func TestPodColumns(t *testing.T) {
	w := world(example.Slow, 6, crowd)
	var pods []*state.Pod
	for i := range w.Snap.Links[2].Pods {
		pods = append(pods, &w.Snap.Links[2].Pods[i])
	}
	for width := 30; width < 140; width++ {
		k := podColumns(width, pods)
		end := 0
		for _, c := range []column{k.name, k.state, k.restarts, k.ip, k.node} {
			if c.w > 0 {
				end = max(end, c.end())
			}
		}
		if end > width-5 {
			t.Errorf("%d wide: %+v", width, k)
		}
		if width >= 53 && (k.restarts.w == 0 || k.name.w < 24) || width >= 72 && k.node.w == 0 || width >= 90 && (k.ip.w == 0 || k.name.w < 40) {
			t.Errorf("%d wide: %+v", width, k)
		}
	}
}

// The more room there is, the more is said of each link, and nothing is drawn over anything.
func TestColumns(t *testing.T) {
	w := world(example.Slow, 30, nil) // link 2 has a note beside its numbers
	said := 0
	for width := 80; width <= 240; width++ {
		k := columnsOf(width, items(w))
		n, x := 0, 0
		for _, c := range []column{k.name, k.state, k.ready, k.restarts, k.image, k.bar, k.self, k.p50, k.p95, k.rate, k.errors, k.spark, k.note} {
			if c.w == 0 {
				continue
			}
			n++
			if c.x < x || c.end() > width-1 {
				t.Fatalf("%d wide: %+v", width, k)
			}
			x = c.end() + 1
		}
		if said = max(said, n); width == 150 && n != 13 {
			t.Errorf("%d wide: %d columns of 13: %+v", width, n, k)
		}
	}
	if k := columnsOf(80, items(w)); k.self.w == 0 || k.p95.w == 0 || k.errors.w == 0 {
		t.Errorf("80 wide: %+v", k)
	}
}

func TestMatches(t *testing.T) {
	all := items(world(example.Failing, 30, nil))
	for text, want := range map[string][]int{
		"1": {1}, "23": {23}, "300": nil, "": nil, "imagepull": {1, 23}, "V1.5": {1, 23}, "rolling": {27}, "link-7": {7}, "scaled": {10},
	} {
		var got []int
		for i := range all {
			if matches(all[i], text) {
				got = append(got, i)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
}
