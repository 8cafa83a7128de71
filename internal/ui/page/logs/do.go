package logs

import (
	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
)

// Do performs one of the dashboard's own actions.
func (p *Page) Do(w *page.World, id string) tea.Cmd {
	switch id {
	case "logs.follow":
		return p.toggleFollow(w)
	case "logs.wrap":
		p.wrap = !p.wrap
	case "logs.time":
		p.times = !p.times
	case "logs.raw":
		p.raw = !p.raw
	case "logs.level":
		p.nextLevel()
	case "logs.previous":
		p.previous = !p.previous
		return p.restart(w)
	case "logs.link":
		p.pod = ""
		if p.link++; p.link >= len(w.Snap.Links) {
			p.link = -1
		}
		return p.restart(w)
	case "find.next":
		return p.jump(w, 1)
	case "find.previous":
		return p.jump(w, -1)
	case "open":
		return p.openTrace(w)
	}
	if by, ok := scroll.Step(id, p.height); ok {
		p.move(by)
	}
	return nil
}

// toggleFollow goes to the newest line and stays there, or stands still.
func (p *Page) toggleFollow(w *page.World) tea.Cmd {
	p.seek = false
	if p.halted {
		p.trace = sought{}
		return p.restart(w)
	}
	if p.follow = !p.follow; p.follow {
		p.cursor = max(len(p.buffer.shown)-1, 0)
	}
	return nil
}

// The levels from which on lines are shown, in the order that a key goes through them.
var (
	nextLevel = map[logline.Level]logline.Level{
		logline.Unknown: logline.Info, logline.Info: logline.Warn, logline.Warn: logline.Error, logline.Error: logline.Unknown,
	}
	levelNames = map[logline.Level]string{
		logline.Unknown: "all levels", logline.Info: "from INFO", logline.Warn: "from WARN", logline.Error: "only ERROR",
	}
)

func (p *Page) nextLevel() {
	p.buffer.least = nextLevel[p.buffer.least]
	p.buffer.choose()
	p.move(0)
	p.nearest()
	if p.follow {
		p.cursor = max(len(p.buffer.shown)-1, 0)
	}
}

func (p *Page) openTrace(w *page.World) tea.Cmd {
	if p.cursor < len(p.buffer.shown) && p.cursor >= 0 {
		if id := p.buffer.at(p.cursor).Trace; id != "" {
			return w.Send(page.Open{Page: "traces", Link: -1, Trace: id})
		}
	}
	return w.Send(page.Tell{Text: "there is no trace id in this line", Bad: true})
}

// Disabled tells why an action makes no sense now.
func (p *Page) Disabled(w *page.World, id string) string {
	if id == "logs.link" && len(w.Snap.Links) == 0 {
		return "nothing is deployed"
	}
	return ""
}
