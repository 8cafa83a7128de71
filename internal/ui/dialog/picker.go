package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/input"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Entry is one thing to pick.
type Entry struct {
	ID    string
	Title string
	Note  string // beside the title, such as its key
	Why   string // it can't be picked now; empty when it can
}

// Pick is what was picked: the ID of an entry, or what was typed where that may be something else.
type Pick struct {
	Kind string
	ID   string
}

// Picker is a list in which a few letters find an entry: the command palette, contexts, namespaces, themes.
type Picker struct {
	title, kind string
	entries     []Entry
	found       []fuzzy.Match
	line        *input.Line
	at          int
	free        bool // what is typed can be picked too
	load        string
	height      int
}

type loaded struct {
	dialog  *Picker
	entries []Entry
	err     error
}

// NewPicker picks one of entries. Kind comes back in the answer.
func NewPicker(kind, title string, entries []Entry, free bool) *Picker {
	p := &Picker{kind: kind, title: title, entries: entries, line: input.NewLine("", false), free: free}
	p.search()
	return p
}

// Fill gets more entries by a command.
func (p *Picker) Fill(w *page.World, load func() ([]Entry, error)) tea.Cmd {
	p.load = "loading…"
	return w.Work.Do(func() tea.Msg {
		entries, err := load()
		return loaded{p, entries, err}
	})
}

// find searches anew, with the cursor on the best.
func (p *Picker) find() {
	p.at = 0
	p.search()
}

func (p *Picker) search() {
	text := strings.TrimSpace(p.line.Text())
	if text == "" {
		p.found = p.found[:0]
		for i := range p.entries {
			p.found = append(p.found, fuzzy.Match{Index: i})
		}
		return
	}
	p.found = fuzzy.FindFrom(text, titles(p.entries))
}

// typed is what was typed where that is no entry but may be picked too; empty otherwise.
func (p *Picker) typed() string {
	text := strings.TrimSpace(p.line.Text())
	if !p.free || slices.ContainsFunc(p.entries, func(e Entry) bool { return e.Title == text }) {
		return ""
	}
	return text
}

// rows are what can be picked: what was found, and what was typed below it.
func (p *Picker) rows() int {
	if p.typed() != "" {
		return len(p.found) + 1
	}
	return len(p.found)
}

type titles []Entry

func (t titles) String(i int) string { return t[i].Title }
func (t titles) Len() int            { return len(t) }

// Title is the picker's.
func (p *Picker) Title() string { return p.title }

// Key types, moves and picks.
func (p *Picker) Key(w *page.World, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "ctrl+c":
		return nil, true
	case "enter":
		return p.pick(w)
	case "up", "ctrl+p":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-max(p.height, 1))
	case "pgdown":
		p.move(max(p.height, 1))
	default:
		if p.line.Key(msg) {
			p.find()
		}
	}
	return nil, false
}

func (p *Picker) move(by int) { p.at = min(max(p.at+by, 0), max(p.rows()-1, 0)) }

func (p *Picker) pick(w *page.World) (tea.Cmd, bool) {
	if p.at < len(p.found) {
		e := p.entries[p.found[p.at].Index]
		if e.Why != "" {
			return w.Send(page.Tell{Text: e.Title + ": " + e.Why, Bad: true}), false
		}
		return w.Send(Pick{p.kind, e.ID}), true
	}
	if text := p.typed(); text != "" {
		return w.Send(Pick{p.kind, text}), true
	}
	return nil, false
}

// Update takes more entries, and clicks.
func (p *Picker) Update(w *page.World, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case loaded:
		if msg.dialog != p {
			return nil, false
		}
		p.load = ""
		if msg.err != nil {
			p.load = "✗ " + msg.err.Error()
		}
		p.entries = append(p.entries, msg.entries...)
		p.search()
	case page.Clicked:
		if i, ok := msg.ID.(int); ok && i < p.rows() {
			p.at = i
			return p.pick(w)
		}
	case page.Wheeled:
		p.move(msg.Delta)
	case tea.PasteMsg:
		p.line.Paste(msg.Content)
		p.find()
	}
	return nil, false
}

// Size has room for all entries, or as many as fit.
func (p *Picker) Size(maxW, maxH int) (int, int) {
	rows := max(len(p.entries), 3)
	if p.free {
		rows++ // for what is typed
	}
	return min(maxW, 72), min(rows+2, maxH, 22)
}

// Draw draws the line and what it finds, best first.
func (p *Picker) Draw(_ *page.World, c canvas.Canvas) {
	c.Text(0, 0, "›", theme.Accent|theme.Bold)
	line := c.Sub(2, 0, c.W()-2, 1)
	line.Ground(theme.Bar)
	p.line.Draw(line, true)
	list := c.Rows(2, c.H()-2)
	p.height = list.H()
	if p.rows() == 0 {
		list.Text(1, 0, "nothing found", theme.Muted)
	}
	top := max(p.at-list.H()+1, 0)
	for y := 0; y < list.H() && top+y < p.rows(); y++ {
		row := list.Sub(0, y, list.W()-1, 1)
		if top+y == p.at {
			row.Ground(theme.Select)
		}
		row.Zone(top + y)
		if top+y == len(p.found) {
			x := row.Text(1, 0, p.typed(), theme.Text)
			row.Text(x+2, 0, "as typed", theme.Muted)
			continue
		}
		p.drawEntry(row, p.found[top+y])
	}
	list.Scrollbar(top, p.rows())
	if p.load != "" {
		c.Right(c.W(), 1, canvas.Cut(p.load, c.W()), theme.Muted)
	}
}

func (p *Picker) drawEntry(c canvas.Canvas, m fuzzy.Match) {
	e := p.entries[m.Index]
	ink := theme.Text
	if e.Why != "" {
		ink = theme.Faint
	}
	c.Text(1, 0, canvas.Cut(e.Title, c.W()-2), ink)
	for _, at := range m.MatchedIndexes { // titles are ASCII, so bytes are cells
		c.Sub(1+at, 0, 1, 1).Tint(theme.Accent | theme.Bold)
	}
	note, room := e.Note, c.W()-canvas.Width(e.Title)-4
	if e.Why != "" {
		note = e.Why
	}
	c.Right(c.W()-1, 0, canvas.Cut(note, room), theme.Muted)
}

// Buttons are to pick and to leave.
func (p *Picker) Buttons() []Button {
	return []Button{{"enter", "go"}, {"↑↓", "move"}, {"esc", "leave"}}
}
