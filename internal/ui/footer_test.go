package ui_test

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// footer is the screen's last row.
func footer(s *uitest.Screen) string {
	lines := strings.Split(strings.TrimRight(s.Text(), "\n"), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// Where there is room for a few keys only, the footer has those that are looked for most; what can't be done here at all
// does not take their place.
func TestTheFooterHasTheKeysThatMatter(t *testing.T) {
	small := func(kind string, readOnly bool, keys ...string) string {
		o := options(kind, 6)
		if readOnly {
			o.Open = example.ReadOnly(o.Open)
		}
		return footer(uitest.Start(t, 80, 24, o).Version(1).Press(keys...))
	}
	for _, c := range []struct{ got, want string }{
		{small(example.Healthy, false), "r resize  d redeploy  f fault  l logs  t traces "},
		{small(example.Healthy, true), "l logs  t traces  enter open  v form "},
		{small(example.Empty, false), "D deploy "},
		{small(example.Healthy, false, "2"), "enter open  l logs "},
		{small(example.Healthy, false, "3"), "enter open  f query "},
		{small(example.Healthy, false, "3", "enter"), "l logs  + zoom "}, // the pane says what enter does
		{small(example.Healthy, false, "/", "l", "i", "n", "k", "enter"), "/link   n next  r resize "},
	} {
		if !strings.HasPrefix(c.got, c.want) {
			t.Errorf("%q; want it to begin with %q", c.got, c.want)
		}
	}
}

// A change that is under way dims what has to wait for it, and moves nothing.
func TestTheFooterStandsStillDuringAChange(t *testing.T) {
	living := example.NewLiving(6)
	living.Hold = make(chan struct{})
	o := options(example.Healthy, 6)
	o.Open, o.Actions = living.Open, living.Actions()
	s := uitest.Start(t, 100, 30, o).Version(1)
	before := footer(s)
	s.Press("f").Type("2").Press("tab").Type("150ms").PressNow("enter").Await(soon, "waiting for link 3").
		PressNow("esc").Await(soon, "b shows it").Await(soon, before)
	close(living.Hold)
	s.See("fault is done")
}
