package chain

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// Filter is what is looked for among the links. They all stay on screen: a chain with holes would be none.
func (p *Page) Filter() string { return p.find }

// SetFilter goes to the nearest link that is looked for, from the chosen one on.
func (p *Page) SetFilter(w *page.World, text string) tea.Cmd {
	p.find = strings.TrimSpace(text)
	if p.find != "" {
		p.seek(w, p.chosen, 1)
	}
	return nil
}

// seek chooses the first link that is looked for, from link i on in steps of by, round the end; false when there is none.
func (p *Page) seek(w *page.World, i, by int) bool {
	all := items(w)
	for range all {
		i = (i + len(all)) % len(all)
		if matches(all[i], p.find) {
			p.choose(w, i)
			return true
		}
		i += by
	}
	return false
}

// next chooses another link that is looked for.
func (p *Page) next(w *page.World, by int) tea.Cmd {
	if !p.seek(w, p.chosen+by, by) {
		return w.Send(page.Tell{Text: "no link has " + p.find, Bad: true})
	}
	return nil
}

// matches tells whether a link is looked for: by its index, or by a part of its names, image, state, reason or fault.
func matches(it item, text string) bool {
	if text == "" {
		return false
	}
	if text[0] >= '0' && text[0] <= '9' { // an error of Atoi for each link would be a waste
		if n, err := strconv.Atoi(text); err == nil {
			return n == it.Index
		}
	}
	words := []string{shortName(it.Link), it.Service, it.Image, it.look.Word, it.Reason}
	if !it.Fault.IsZero() {
		words = append(words, "fault "+Fault(it.Fault))
	}
	return strings.Contains(strings.ToLower(strings.Join(words, "\n")), strings.ToLower(text))
}

// found is how many links are looked for, in words.
func (p *Page) found(w *page.World) string {
	n := 0
	for _, it := range items(w) {
		if matches(it, p.find) {
			n++
		}
	}
	if n == 0 {
		return "no link"
	}
	return units.Plural(n, "link", "links")
}
