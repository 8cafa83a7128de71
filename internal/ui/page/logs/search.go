package logs

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
)

// Filter is the text that is searched for.
func (p *Page) Filter() string { return p.search }

// SetFilter searches, from the cursor backwards first: what was is what one has seen.
func (p *Page) SetFilter(_ *page.World, text string) tea.Cmd {
	p.search, p.seek = text, false
	n := p.nearest()
	if text != "" {
		p.goTo(n)
	}
	return nil
}

// nearest is the line with what is searched for that is next to the cursor; -1 when there is none.
func (p *Page) nearest() int {
	n := -1
	if p.search != "" {
		if n = p.buffer.find(p.wanted(), min(p.cursor, len(p.buffer.shown)-1), -1); n < 0 {
			n = p.buffer.find(p.wanted(), max(p.cursor, 0), 1)
		}
	}
	p.missing = p.search != "" && n < 0
	return n
}

// goTo stands on line n, unless there is none.
func (p *Page) goTo(n int) {
	if n >= 0 {
		p.cursor, p.follow = n, false
	}
}

// wanted tells whether a line has what is searched for: as it was written, as the trace it names, or as it is shown, which
// costs most to find out.
func (p *Page) wanted() func(e *logline.Line) bool {
	what := strings.ToLower(p.search)
	return func(e *logline.Line) bool {
		return strings.Contains(strings.ToLower(e.Raw), what) || e.Of(what) || strings.Contains(strings.ToLower(p.text(e)), what)
	}
}

// jump goes to the next line that has what is searched for.
func (p *Page) jump(w *page.World, by int) tea.Cmd {
	if p.search == "" {
		return w.Send(page.Tell{Text: "search for something first", Bad: true})
	}
	n := p.buffer.find(p.wanted(), p.cursor+by, by)
	if n < 0 {
		return w.Send(page.Tell{Text: "no more of " + p.search, Bad: true})
	}
	p.goTo(n)
	return nil
}
