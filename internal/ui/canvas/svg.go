package canvas

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Size of a cell in an SVG, in pixels; the font's size follows from it.
const (
	svgW = 9
	svgH = 19
)

// SVG is the whole grid as a picture.
func (c Canvas) SVG(th *theme.Theme) string {
	fore, paper := th.Page()
	w, h := 0, 0
	if c.grid != nil {
		w, h = c.grid.w, c.grid.h
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15">`+"\n", (w+2)*svgW, (h+1)*svgH)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", css(paper, ""))
	for y := range h {
		cells := c.grid.cells[y*w : (y+1)*w]
		for x := 0; x < w; {
			end, text := x, ""
			for end < w && (cells[end].ink == cells[x].ink || cells[end].width == 0) {
				text += cells[end].text
				end++
			}
			svgRun(&b, th, cells[x].ink, x, y, end-x, text, fore, paper)
			x = end
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func svgRun(b *strings.Builder, th *theme.Theme, ink theme.Ink, x, y, n int, text string, fore, paper color.Color) {
	left, top := (x+1)*svgW, y*svgH+svgH/2
	fg, bg := css(th.Fore(ink), css(fore, "")), css(th.Back(ink), "")
	if th.Reversed(ink) {
		fg, bg = css(paper, ""), fg
	}
	if bg != "" {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, left, top, n*svgW, svgH, bg)
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	extra := ""
	if ink&theme.Bold != 0 {
		extra += ` font-weight="bold"`
	}
	if ink&theme.Underline != 0 {
		extra += ` text-decoration="underline"`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" xml:space="preserve" fill="%s"%s>%s</text>`+"\n",
		left, top+svgH-5, n*svgW, fg, extra, html.EscapeString(text))
}

func css(c color.Color, none string) string {
	if c == nil {
		return none
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
