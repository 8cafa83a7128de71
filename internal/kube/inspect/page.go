package inspect

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/chaintui/chaintui/internal/sanitise"
)

const none = "<none>"

// page is text in columns, as kubectl lays it out. The same cell of lines that follow each other is made equally wide.
type page struct {
	now  time.Time
	text strings.Builder
	tabs tabwriter.Writer
}

func newPage(now time.Time) *page {
	p := &page{now: now}
	p.tabs.Init(&p.text, 0, 8, 2, ' ', 0)
	return p
}

// String is the text so far.
func (p *page) String() string {
	_ = p.tabs.Flush() // nothing that a strings.Builder could refuse
	return p.text.String()
}

// line writes cells, indented by two spaces a level. What they hold has to be safe first: a stray tab, or what counts as
// a line's end, would begin another cell.
func (p *page) line(level int, cells ...string) {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = sanitise.Text(cell)
	}
	fmt.Fprintf(&p.tabs, "%s%s\n", strings.Repeat("  ", level), strings.Join(safe, "\t"))
}

// field is a name and what it stands for.
type field struct {
	name  string
	value any
}

// fields writes each in a line of its own.
func (p *page) fields(level int, all ...field) {
	for _, f := range all {
		p.line(level, f.name+":", fmt.Sprint(f.value))
	}
}

// given writes a field that is left out when it is empty.
func (p *page) given(level int, name, value string) {
	if value != "" {
		p.line(level, name+":", value)
	}
}

// list writes values below each other beside their title.
func (p *page) list(level int, title string, values []string) {
	if len(values) == 0 {
		values = []string{none}
	}
	title += ":"
	for _, value := range values {
		p.line(level, title, value)
		title = ""
	}
}

// time is a point in time where the reader is. The zero time is nowhere.
func (p *page) time(t time.Time) string {
	if !t.IsZero() {
		t = t.In(p.now.Location())
	}
	return t.Format(time.RFC1123Z)
}

// since is how long ago t was.
func (p *page) since(t time.Time) string {
	if t.IsZero() {
		return "<unknown>"
	}
	return duration.HumanDuration(p.now.Sub(t))
}

// lines are those of a text, by whatever they are ended.
func lines(text string) []string { return strings.Split(sanitise.Text(text), "\n") }

// sorted is a copy in the order of what key returns.
func sorted[T any](all []T, key func(T) string) []T {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	return all
}
