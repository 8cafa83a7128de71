package uitest

import (
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Press presses keys, by Bubble Tea's names: "r", "enter", "ctrl+s", "down".
func (s *Screen) Press(keys ...string) *Screen {
	s.t.Helper()
	for _, k := range keys {
		s.settle()
		s.dashboard.Send(key(k))
	}
	return s
}

// PressNow presses keys though something is under way.
func (s *Screen) PressNow(keys ...string) *Screen {
	for _, k := range keys {
		s.dashboard.Send(key(k))
	}
	return s
}

// Type types text, letter by letter.
func (s *Screen) Type(text string) *Screen {
	s.t.Helper()
	s.settle()
	for _, r := range text {
		s.dashboard.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return s
}

// Enter presses enter.
func (s *Screen) Enter() *Screen { return s.Press("enter") }

// Esc presses escape.
func (s *Screen) Esc() *Screen { return s.Press("esc") }

// Click clicks on the first place where the text stands.
func (s *Screen) Click(text string) *Screen {
	s.t.Helper()
	return s.ClickIn("", text)
}

// ClickIn clicks on a text to the right of another in the same row.
func (s *Screen) ClickIn(row, text string) *Screen {
	s.t.Helper()
	return s.click(s.Text(), row, text)
}

// DoubleClick clicks twice on the first place where the text stands.
func (s *Screen) DoubleClick(text string) *Screen {
	s.t.Helper()
	screen := s.Text()
	return s.click(screen, "", text).click(screen, "", text)
}

// ClickNow clicks on a text though something is under way.
func (s *Screen) ClickNow(text string) *Screen {
	s.t.Helper()
	return s.click(s.terminal.text(), "", text)
}

func (s *Screen) click(screen, row, text string) *Screen {
	s.t.Helper()
	for y, line := range strings.Split(screen, "\n") {
		left := strings.Index(line, row)
		if left < 0 {
			continue
		}
		left += len(row)
		if at := strings.Index(line[left:], text); at >= 0 {
			x := utf8.RuneCountInString(line[:left+at])
			s.dashboard.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			s.dashboard.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
			return s
		}
	}
	s.t.Fatalf("nowhere to click: %q is not on the screen, right of %q\n%s", text, row, screen)
	return s
}

// Resize changes the terminal's size.
func (s *Screen) Resize(w, h int) *Screen {
	s.terminal.screen.Resize(w, h)
	s.dashboard.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

// Tick makes it now on a clock that stands still by itself.
func (s *Screen) Tick(now time.Time) *Screen {
	s.t.Helper()
	s.settle()
	s.dashboard.Tick(now)
	return s
}

// Send delivers any message.
func (s *Screen) Send(msg tea.Msg) *Screen {
	s.dashboard.Send(msg)
	return s
}
