package uitest

import (
	"context"
	"strings"
	"time"
)

// Text is the terminal's screen, once the dashboard is at rest and has been drawn.
func (s *Screen) Text() string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	want := ""
	// What streams in (log lines) may change the screen between the two: what was drawn is asked for again each time.
	err := s.terminal.await(ctx, func(text string) bool {
		want = s.settle()
		return text == want
	})
	if err != nil {
		s.t.Fatalf("the terminal does not show what was drawn\nterminal:\n%s\ndrawn:\n%s", s.terminal.text(), want)
	}
	return want
}

// See asserts that all texts are on the screen.
func (s *Screen) See(texts ...string) *Screen {
	s.t.Helper()
	screen := s.Text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Fatalf("%q is not on the screen:\n%s", text, screen)
		}
	}
	return s
}

// NotSee asserts that none of the texts is on the screen.
func (s *Screen) NotSee(texts ...string) *Screen {
	s.t.Helper()
	screen := s.Text()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Fatalf("%q is on the screen:\n%s", text, screen)
		}
	}
	return s
}

// Await waits until the text is on the screen, for what a cluster does in its own time.
func (s *Screen) Await(limit time.Duration, text string) *Screen {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if s.terminal.await(ctx, func(screen string) bool { return strings.Contains(screen, text) }) != nil {
		s.t.Fatalf("%q did not appear within %v:\n%s", text, limit, s.terminal.text())
	}
	return s
}

// Running tells whether the dashboard has not ended.
func (s *Screen) Running() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// ANSI is the terminal's screen with its styles, as escape sequences, once the dashboard is at rest.
func (s *Screen) ANSI() string {
	s.t.Helper()
	s.Text()
	return s.terminal.screen.Coloured()
}
