package dialog

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// A change that waits for a link that fails says so at once, and not when it has given up.
func TestAChangeThatWaitsSaysWhatFails(t *testing.T) {
	snap := &state.Snapshot{Links: make([]state.Link, 3)}
	for i := range snap.Links {
		snap.Links[i].Status = state.Ready
	}
	snap.Links[1].Status, snap.Links[1].Message = state.Failing, `chain-link: ErrImagePull: no such image`
	for mutates, want := range map[bool]bool{true: true, false: false} {
		d := &Running{action: action.Action{Mutates: mutates}, messages: []string{"a note"}}
		c := canvas.New(60, 9)
		d.Draw(&page.World{Snap: snap}, c)
		text := c.String()
		if got := strings.Contains(text, "link 1 failing: chain-link: ErrImagePull"); got != want || !strings.Contains(text, "a note") {
			t.Errorf("changes %v:\n%s", mutates, text)
		}
	}
}
