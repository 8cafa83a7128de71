package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// No two actions share a key on a page: one of them could never be reached.
func TestKeysAreUniqueOnEachPage(t *testing.T) {
	for _, name := range keys.Pages {
		taken := map[string]string{}
		for _, a := range actions(Options{Actions: action.All()}) {
			here := len(a.Pages) == 0
			for _, p := range a.Pages {
				here = here || p == name
			}
			if a.Key == "" || !here {
				continue
			}
			if other, ok := taken[a.Key]; ok {
				t.Errorf("%s: %q is %s and %s", name, a.Key, other, a.ID)
			}
			taken[a.Key] = a.ID
		}
	}
}

// What a frame costs, drawn anew and unchanged.
func BenchmarkFrame(b *testing.B) {
	for _, links := range []int{6, 50, 400} {
		for id := range keys.Pages {
			b.Run(fmt.Sprintf("%s-%d", keys.Pages[id], links), func(b *testing.B) {
				m, err := newModel(context.Background(), Options{Actions: action.All(), NoMotion: true, Now: func() time.Time { return example.Now }})
				if err != nil {
					b.Fatal(err)
				}
				m.at = id
				m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				m.Update(snapshot{0, example.Snapshot(example.Slow, links)})
				m.Update(traffic{0, example.Traffic(example.Slow, links), nil})
				m.tellAll(page.Fresh{Snapshot: true, Traffic: true})
				b.ResetTimer()
				for b.Loop() {
					m.dirty = true
					m.draw()
				}
			})
		}
	}
}
