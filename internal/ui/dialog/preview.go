package dialog

import (
	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// previewHeight is the room that drawPreview wants below the form.
func (d *Ask) previewHeight() int {
	switch d.action.ID {
	case "resize":
		return 2
	case "rollback":
		return d.releasesHeight()
	case "fault":
		return faultHeight
	}
	return 0
}

// drawPreview shows, while the form is being filled, what its values mean.
func (d *Ask) drawPreview(w *page.World, c canvas.Canvas) int {
	switch d.action.ID {
	case "resize":
		if parts := d.resized(); len(parts) > 0 {
			drawParts(c.Rows(1, 1), parts)
		}
	case "rollback":
		d.drawReleases(w, c)
	case "fault":
		if c.H() == faultHeight {
			c = c.Rows(1, c.H()-1)
		}
		d.drawFault(w, c)
	}
	return c.H()
}

// drawFault shows what the fault would do to which links. What is wrong with a field is said beside the field.
func (d *Ask) drawFault(w *page.World, c canvas.Canvas) {
	if d.form.Problem() != nil {
		return
	}
	list, f, err := action.Fault(d.args(), len(w.Snap.Links))
	if err == nil {
		drawFault(c, f, faultedBy(w, list))
		return
	}
	for y, line := range canvas.Wrap("✗ "+err.Error(), c.W()) {
		c.Text(0, y, line, theme.Fail)
	}
}

// possible tells whether the form's values can be together; the preview says why not.
func (d *Ask) possible(w *page.World) bool {
	if d.action.ID != "fault" {
		return true
	}
	_, _, err := action.Fault(d.args(), len(w.Snap.Links))
	return err == nil
}
