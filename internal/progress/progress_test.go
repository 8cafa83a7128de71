package progress

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestPlainSaysEachThingOnceWithoutEscapes(t *testing.T) {
	var out bytes.Buffer
	d := New(&out, Terminal{})
	d.Lines([]Line{{Name: "link 0", State: "rolling"}, {Name: "link 5", State: "ready", Ready: true}})
	for range 3 {
		d.Step("applying links", 1, 6)
		d.Lines([]Line{{Name: "link 0", State: "ready", Ready: true}, {Name: "link 5", State: "ready", Ready: true}, {Name: "link 1", State: "failing", Detail: "ImagePullBackOff\x1b[31m", Broken: true}})
	}
	d.Message("the API server answers again")
	d.End()
	text := out.String()
	for _, want := range []string{"applying links", "link 0 is ready", "link 1 is failing: ImagePullBackOff", "the API server answers again"} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%q is said %d times:\n%s", want, strings.Count(text, want), text)
		}
	}
	if strings.Contains(text, "link 5") {
		t.Errorf("what was ready all along is said:\n%s", text)
	}
	if strings.Contains(text, "\x1b") {
		t.Errorf("escape codes off a terminal: %q", text)
	}
}

func TestFrameFitsTheTerminalAndShowsWhatMatters(t *testing.T) {
	d := &Display{terminal: Terminal{}, began: time.Unix(0, 0), now: func() time.Time { return time.Unix(123, 0) }, step: "waiting for the links", done: 98, total: 100}
	for i := range 100 {
		d.lines = append(d.lines, Line{Name: "link " + string(rune('0'+i%10)), State: "ready", Ready: i != 57})
	}
	d.lines[57] = Line{Name: "link 57", State: "failing", Detail: strings.Repeat("long ", 100), Broken: true}
	frame := d.frame(80, 24)
	if len(frame) > 23 {
		t.Errorf("%d rows on a terminal of 24", len(frame))
	}
	text := strings.Join(frame, "\n")
	for _, want := range []string{"✗ link 57", "and 79 more", "waiting for the links  98/100", "99 of 100 ready", "2m03s"} {
		if !strings.Contains(text, want) {
			t.Errorf("frame lacks %q:\n%s", want, text)
		}
	}
	for _, row := range frame {
		if n := len([]rune(row)); n > 79 {
			t.Errorf("a row of %d columns on a terminal of 80: %q", n, row)
		}
	}
}

func TestDrawingGoesOverTheLastFrame(t *testing.T) {
	var out bytes.Buffer
	d := New(&out, Terminal{Size: func() (int, int) { return 80, 24 }, Color: true})
	d.Lines([]Line{{Name: "link 0", State: "ready", Ready: true}})
	d.Message("kept")
	d.End()
	if text := out.String(); !strings.Contains(text, "\x1b[2A\r\x1b[J") || !strings.Contains(text, green+"  ✓ link 0") {
		t.Errorf("drawn: %q", text)
	}
}
