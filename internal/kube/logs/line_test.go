package logs

import (
	"strings"
	"testing"
	"time"
	"unicode"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		raw, text string
		ok        bool
	}{
		{"2026-01-02T03:04:05.123456789Z hello  world", "hello  world", true},
		{"2026-01-02T03:04:05.123456789+02:00 hello", "hello", true},
		{"2026-01-02T03:04:05Z ", "", true},
		{"2026-01-02T03:04:05Z", "", true},
		{"2026-01-02T03:04:05Z \x1b[31mred\x1b[0m\x07", "red", true},
		{"the rest of a long line", "the rest of a long line", false},
		{"", "", false},
	} {
		at, text, ok := parse(c.raw)
		if text != c.text || ok != c.ok || ok == at.IsZero() {
			t.Errorf("%q: got %v, %q, %v; want %q, %v", c.raw, at, text, ok, c.text, c.ok)
		}
	}
}

func TestScanKeepsEverything(t *testing.T) {
	long := strings.Repeat("x", 3*maxLine+7)
	var got []string
	err := scan(strings.NewReader("a\r\n\n"+long+"\nno end"), func(raw string) error { got = append(got, raw); return nil })
	if err != nil || got[0] != "a" || got[1] != "" || strings.Join(got[2:len(got)-1], "") != long || got[len(got)-1] != "no end" {
		t.Errorf("got %d lines, error %v", len(got), err)
	}
}

// TestResumed: a log that is opened again sends whole seconds; what was handed on is skipped, and nothing else.
func TestResumed(t *testing.T) {
	at := time.Unix(100, 500)
	p := resumed{from: at, texts: map[string]int{"twice": 2}}
	for i, c := range []struct {
		at   time.Time
		text string
		time bool
		skip bool
	}{
		{at.Add(-1), "before", true, true},
		{time.Time{}, "the rest of it", false, true},
		{at, "twice", true, true},
		{at, "other", true, false},
		{at, "twice", true, true},
		{at, "twice", true, false},
		{time.Time{}, "the rest of it", false, false},
		{at.Add(1), "twice", true, false},
	} {
		if got := p.skip(c.at, c.text, c.time); got != c.skip {
			t.Errorf("line %d, %q: skipped %v, want %v", i, c.text, got, c.skip)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2026-01-02T03:04:05.123456789Z hello")
	f.Add("2026-01-02T03:04:05Z \x1b]0;x\x07\u202e\xff")
	f.Fuzz(func(t *testing.T, raw string) {
		_, text, _ := parse(raw)
		for _, r := range text {
			if unicode.IsControl(r) {
				t.Errorf("%q: a control character in %q", raw, text)
			}
		}
	})
}
