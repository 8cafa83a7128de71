package sanitise

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEveryC0AndDELGoes(t *testing.T) {
	for c := byte(0); c <= 0x1f; c++ {
		check(t, "a"+string(rune(c))+"b")
	}
	check(t, "a\x7fb")
}

func TestEveryC1GoesRawAndEncoded(t *testing.T) {
	for c := rune(0x80); c <= 0x9f; c++ {
		check(t, "a"+string(c)+"b")
		check(t, "a"+string([]byte{byte(c)})+"b")
	}
}

func TestEveryEscapeOfTwoBytesGoes(t *testing.T) {
	for c := 0x20; c <= 0x7e; c++ {
		check(t, fmt.Sprintf("a\x1b%cb", c))
	}
}

func check(t *testing.T, in string) {
	t.Helper()
	for _, out := range []string{Line(in), Text(in)} {
		if bad := unsafeRune(out, true); bad != "" {
			t.Errorf("%q became %q, with %s in it", in, out, bad)
		}
		if !strings.HasPrefix(out, "a") {
			t.Errorf("%q became %q: the text before it was lost", in, out)
		}
	}
	if strings.ContainsAny(Line(in), "\n\r\t") {
		t.Errorf("Line(%q) = %q", in, Line(in))
	}
}

func unsafeRune(s string, newlines bool) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		if r == '\n' && newlines {
			continue
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "GET /forward", "GET /forward"},
		{"other scripts stay", "naïve 日本語 🚀", "naïve 日本語 🚀"},
		{"combining marks stay", "e\u0301", "e\u0301"},
		{"colour", "a\x1b[31mred\x1b[0mb", "aredb"},
		{"8-bit CSI", "a\u009b31mredb", "aredb"},
		{"raw CSI", "a\x9b31mredb", "aredb"},
		{"title by BEL", "a\x1b]0;owned\x07b", "ab"},
		{"title by ST", "a\x1b]0;owned\x1b\\b", "ab"},
		{"8-bit OSC and ST", "a\u009d0;owned\u009cb", "ab"},
		{"clipboard", "a\x1b]52;c;aGk=\x07b", "ab"},
		{"link", "\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\", "text"},
		{"DCS", "a\x1bP1$r0m\x1b\\b", "ab"},
		{"charset", "a\x1b(0b", "ab"},
		{"an open OSC hides nothing", "a\x1b]0;rest", "a0;rest"},
		{"an open CSI hides nothing", "a\x1b[12\x01rest", "a12rest"},
		{"ESC at the end", "a\x1b", "a"},
		{"letters with bytes like C1", "a\x1b]0;Ýü\x07b", "ab"},
		{"lines", "a\nb\r\nc\rd\u2028e\u0085f", "a b c d e f"},
		{"tab", "a\tb", "a b"},
		{"bidi", "a\u202eb\u2066c\u2069d\u200ee\u200ff\u061cg", "abcdefg"},
		{"zero width", "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg", "abcdefg"},
		{"tags and selectors", "a\U000e0041b\ufe0fc\U000e0100d", "abcd"},
		{"fillers", "a\u3164b\u115fc", "abc"},
		{"not UTF-8", "a\xff\xfeb", "a\ufffd\ufffdb"},
	} {
		if got := Line(c.in); got != c.want {
			t.Errorf("%s: Line(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\r\nc\rd": "a\nb\nc\nd",
		"a\tb":         "a    b",
		"\x1b[2Ja\nb":  "a\nb",
		"a\u202e\nb":   "a\nb",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestManyOpeningsAreNotQuadratic(t *testing.T) {
	in := strings.Repeat("\x1b]", 500_000)
	if got := Line(in); got != "" {
		t.Errorf("%d bytes are left", len(got))
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"a\x1b[31m", "\x1b]0;x\x07", "\u009b1m", "\x9d0;\x9c", "日\x9c", "a\u202eb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, text := Line(s), Text(s)
		if bad := unsafeRune(line, false); bad != "" {
			t.Fatalf("Line(%q) = %q has %s", s, line, bad)
		}
		if bad := unsafeRune(text, true); bad != "" {
			t.Fatalf("Text(%q) = %q has %s", s, text, bad)
		}
		if Line(line) != line || Text(text) != text {
			t.Fatalf("cleaning %q twice changes it", s)
		}
	})
}
