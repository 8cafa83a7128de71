package dialog

import (
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/chart"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// faultHeight is the rows of a fault's picture: one free, the links, the latency in words and as bars over an axis, errors.
const faultHeight = 3 + barRows + 2

const barRows = 2

// faulted are the links that a fault is for.
type faulted struct {
	names     string
	low, high time.Duration // of their median latencies now; 0 when not known
	have      []chain.Fault // in force now
}

// faultedBy are the links of a list, all when it is empty.
func faultedBy(w *page.World, list []int) faulted {
	var to faulted
	for n, i := range list {
		name := chain.InstanceName(i)
		if n > 0 { // the beginning is known
			name = ", " + strings.TrimPrefix(name, chain.App)
		}
		to.names += name
	}
	if len(list) == 0 {
		to.names = "all " + units.Plural(len(w.Snap.Links), "link", "links")
		for i := range w.Snap.Links {
			list = append(list, i)
		}
	}
	for _, i := range list {
		l := &w.Snap.Links[i]
		if p50 := w.Traffic.Links[l.Service].P50; p50 > 0 {
			to.high = max(to.high, p50)
			if to.low == 0 || p50 < to.low {
				to.low = p50
			}
		}
		if !l.Fault.IsZero() {
			to.have = append(to.have, l.Fault)
		}
	}
	return to
}

// drawFault draws what a fault would do, and to which links.
func drawFault(c canvas.Canvas, f chain.Fault, to faulted) {
	end := c.W()
	if to.high > 0 {
		text := "p50 now " + units.Latency(to.low)
		if to.low != to.high {
			text += " to " + units.Latency(to.high)
		}
		end = c.Right(end, 0, text, theme.Muted) - 2
	}
	c.Text(0, 0, canvas.Cut(to.names, end), theme.Text|theme.Bold)
	if f.IsZero() {
		c.Text(0, 1, canvas.Cut(cleared(to.have), c.W()), theme.Text)
		return
	}
	y := 1
	if f.Added(1) > 0 {
		c.Text(0, y, canvas.Cut(addedWords(f), c.W()), theme.Text)
		bars := min(max(c.H()-y-3, 1), barRows)
		drawAdded(c.Rows(y+1, bars+1), f, to)
		y += bars + 2
	}
	if f.ErrorRate > 0 {
		drawErrors(c.Rows(y, 1), f)
	}
}

func cleared(have []chain.Fault) string {
	switch len(have) {
	case 0:
		return "no fault, as it is now"
	case 1:
		return "clears the fault in force: " + have[0].String()
	}
	return fmt.Sprintf("clears the faults of %d links", len(have))
}

func addedWords(f chain.Fault) string {
	if f.Latency != 0 {
		return "each request takes " + units.Latency(time.Duration(f.Latency)) + " longer"
	}
	text := "half get up to +" + units.Latency(f.Added(0.5)) + ", the slowest tenth +" + units.Latency(f.Added(0.9))
	if f.Added(1) > f.Added(0.9) {
		text += " to +" + units.Latency(f.Added(1))
	}
	return text
}

// drawAdded draws how the added latencies are distributed, and where the link's own median lies on the same axis.
func drawAdded(c canvas.Canvas, f chain.Fault, to faulted) {
	top := round(max(f.Added(1), to.high) * 21 / 20)
	axis := c.H() - 1
	for y, row := range chart.Columns(distribution(f, top, c.W()), axis) {
		c.Text(0, y, row, theme.Warn)
	}
	c.Row(0, axis, c.W(), "─", theme.Border)
	end := c.Right(c.W(), axis, " "+units.Latency(top), theme.Muted)
	if to.high == 0 || to.low != to.high {
		c.Text(0, axis, "+0 ", theme.Muted)
		return
	}
	text := " p50 now "
	x := min(int(float64(to.high)/float64(top)*float64(c.W())), end-1)
	if x+1+canvas.Width(text) > end {
		c.Right(x, axis, text, theme.Muted)
	} else {
		c.Text(x+1, axis, text, theme.Muted)
	}
	c.Text(x, axis, "▲", theme.Accent|theme.Bold)
}

// round is the next of 1, 2, 5, 10, 20 … of the smallest unit.
func round(d time.Duration) time.Duration {
	for unit := time.Duration(1); ; unit *= 10 {
		for _, n := range []time.Duration{1, 2, 5} {
			if n*unit >= d {
				return n * unit
			}
		}
	}
}

// distribution is how many of a thousand requests get a latency of each of w steps up to top: drawn as the links do.
func distribution(f chain.Fault, top time.Duration, w int) []float64 {
	steps := make([]float64, w)
	const draws = 1000
	for i := range draws {
		at := float64(f.Added((float64(i)+0.5)/draws)) / float64(top)
		steps[min(int(at*float64(w)), w-1)]++
	}
	return steps
}

func drawErrors(c canvas.Canvas, f chain.Fault) {
	const width = 20
	c.Sub(0, 0, width, 1).Ground(theme.Bar)
	c.Text(0, 0, chart.Bar(f.ErrorRate, width), theme.Fail)
	c.Text(width+2, 0, canvas.Cut(fmt.Sprintf("%s answer %d at once", units.Percent(f.ErrorRate), f.ErrorStatus()), c.W()-width-2), theme.Text)
}
