package dialog

import (
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// releasesHeight is the rows of the list of releases, and one free.
func (d *Ask) releasesHeight() int { return 1 + len(d.scene.Snapshot.Releases) }

// drawReleases lists the releases that can be gone back to, newest first: the one that is typed stands out.
func (d *Ask) drawReleases(w *page.World, c canvas.Canvas) {
	typed := d.args()["to"]
	for i, r := range d.scene.Snapshot.Releases {
		row := c.Sub(0, 1+i, c.W(), 1)
		ink := theme.Muted
		if number := strconv.Itoa(r.Number); number == typed {
			ink = theme.Text | theme.Bold
			row.Text(0, 0, "▸", theme.Accent|theme.Bold)
		}
		row.Right(6, 0, strconv.Itoa(r.Number), ink)
		row.Right(12, 0, units.Age(w.Now, r.Time), ink)
		end := row.W()
		switch {
		case i == 0:
			end = row.Right(end, 0, "now", theme.Muted) - 2
		case r.Outcome != chain.Healthy && r.Outcome != chain.Applied:
			end = row.Right(end, 0, string(r.Outcome), theme.Warn) - 2
		}
		text := sanitise.Line(r.Action + " by " + r.Author)
		row.Text(14, 0, canvas.Cut(text, end-14), ink)
	}
}
