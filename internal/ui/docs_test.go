package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/keys"
	"github.com/chaintui/chaintui/internal/ui/page/help"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

const aboutKeys = `<!-- Generated from the registry of actions: go test ./internal/ui -run KeyReference -update -->
# The dashboard's keys

The footer names the keys that matter where you are, ` + "`?`" + ` all of a page, and ` + "`:`" + ` finds any action by a few letters.
An action that can't run now is dim, and says why. Changes of objects are shown before they are made; all but deleting and adopting
end with how to undo them. A fault and the load take effect at once.

In forms: ` + "`tab`" + ` and arrows move, ` + "`+`" + ` and ` + "`-`" + ` count, ` + "`right`" + ` takes the first text that is offered, ` + "`enter`" + ` does what the bright
button says, ` + "`esc`" + ` leaves.
Mouse: click chooses, double click opens, the wheel scrolls; footer, tabs, table heads, the − and + of values, trace ids
in logs, the marks that fold a span, and all buttons can be clicked. ` + "`j k ctrl+f ctrl+b ctrl+p =`" + ` do what arrows, page keys, ` + "`:`" + ` and
` + "`+`" + ` do, and ` + "`ctrl+c`" + ` quits.
`

// The key reference in the docs is made of the actions themselves.
func TestKeyReferenceIsFresh(t *testing.T) {
	var b strings.Builder
	b.WriteString(aboutKeys)
	for _, g := range help.Groups(append(action.All(), keys.Local()...), "") {
		fmt.Fprintf(&b, "\n## %s\n\n| key | action | what it does |\n|---|---|---|\n", strings.ToUpper(g.Title[:1])+g.Title[1:])
		for _, a := range g.Actions {
			key := "`" + a.Key + "`"
			if a.Key == "" {
				key = "palette"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", key, a.Title, a.Help)
		}
	}
	uitest.Golden(t, "../../../docs/keys.md", b.String())
}
