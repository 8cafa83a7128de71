package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// hostile is text with everything that could steer a terminal or make it show what is not there: all of C0 and C1, raw and
// in UTF-8, sequences of every family, and the bidirectional controls.
func hostile() string {
	var b strings.Builder
	b.WriteString("x\x1b]0;owned\x07\x1b]52;c;aGk=\x1b\\\x1b[2J\x1bP+q\x1b\\\x1b_a\x1b\\\u009d0;owned\u009c\u009b31m<script>alert(1)</script>&\"'")
	for c := rune(0); c < 0xa0; c++ {
		if c < 0x20 || c >= 0x7f {
			b.WriteRune(c)
		}
	}
	for _, c := range []rune{0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff} {
		b.WriteRune(c)
	}
	return b.String()
}

// hostileTrace is a trace of which every string is hostile, beside ids that are needed for it to be one.
func hostileTrace(t *testing.T) []byte {
	s, now := hostile(), time.Now().Add(-time.Minute).UnixMicro()
	endpoint := map[string]any{"serviceName": s, "ipv4": s, "ipv6": s, "port": 1, s: s}
	span := func(id, parent, kind string, more map[string]any) map[string]any {
		out := map[string]any{"traceId": "000000000000000a", "id": id, "kind": kind, "name": s, "timestamp": now, "duration": 2000, "localEndpoint": endpoint,
			"remoteEndpoint": endpoint, "tags": map[string]any{s: s, "error": s, "http.status_code": s}, "annotations": []any{map[string]any{"timestamp": now, "value": s}}, s: s}
		if parent != "" {
			out["parentId"] = parent
		}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	b, err := json.Marshal([]any{
		span("0000000000000001", "", "SERVER", nil), span("0000000000000002", "0000000000000001", "CLIENT", nil),
		span("0000000000000002", "0000000000000001", "SERVER", map[string]any{"shared": true}),
		span("0000000000000003", s, s, nil), span(s, s, s, nil), span("0000000000000004", "", "", map[string]any{"traceId": s}), s,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// steers is a character of out that must not reach a terminal, or "".
func steers(out string) string {
	for _, c := range out {
		if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == 0x2028 || c == 0x2029) {
			return fmt.Sprintf("%U", c)
		}
	}
	return ""
}

// drawing are the commands that draw what FILE holds, or what the server says where there is no FILE.
var drawing = [][]string{
	{"list"}, {"list", "-o", "json"}, {"stats"}, {"stats", "-o", "json"}, {"flame"}, {"flame", "-o", "json"}, {"map"}, {"map", "-o", "json"},
	{"check"}, {"check", "--max-duration", "1us"}, {"check", "--max-duration", "1us", "-o", "json"},
}

func TestNoSpanSteersTheTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.json")
	if err := os.WriteFile(file, hostileTrace(t), 0o600); err != nil {
		t.Fatal(err)
	}
	commands := [][]string{
		{"show", file}, {"show", file, "--ascii"}, {"show", file, "--tree"}, {"show", file, "-o", "json"}, {"compare", file, file}, {"compare", file, file, "-o", "json"},
		{"export", file}, {"export", file, "--as", "svg"}, {"export", file, "--as", "html"},
	}
	for _, c := range drawing {
		commands = append(commands, append(slices.Clone(c), file))
	}
	for _, c := range commands {
		out, errs, code := drawTraces(t, "", c...)
		if code > exitUnhealthy || out == "" {
			t.Errorf("%v: exit code %d: %q %q", c, code, out, errs)
		}
		if bad := steers(out + errs); bad != "" {
			t.Errorf("%v has %s:\n%q", c, bad, out+errs)
		}
		if slices.Contains(c, "--as") && strings.Contains(out, "<script") {
			t.Errorf("%v is not escaped", c)
		}
	}
}

// A theme's own colours are all that reaches a terminal with them: sequences that a span holds are not among them.
func TestNoSpanSteersAColouredTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.json")
	if err := os.WriteFile(file, hostileTrace(t), 0o600); err != nil {
		t.Fatal(err)
	}
	commands := [][]string{{"list", file}, {"show", file}, {"show", file, "--ascii"}, {"compare", file, file}, {"stats", file}, {"flame", file}, {"map", file}}
	for theme, palette := range map[string]*paint.Palette{"dark": &paint.Dark, "light": &paint.Light} {
		ours := coloursOf(palette)
		for _, c := range commands {
			out, errs, code := drawTraces(t, "", append(slices.Clone(c), "--theme", theme)...)
			if code > exitUnhealthy || !strings.Contains(out, "\x1b[0m") {
				t.Errorf("%v in %s: exit code %d, without colours: %q %q", c, theme, code, out, errs)
			}
			if bad := steers(ours.Replace(out) + errs); bad != "" {
				t.Errorf("%v in %s has %s:\n%q", c, theme, bad, out+errs)
			}
		}
	}
}

// coloursOf takes a palette's own sequences away.
func coloursOf(p *paint.Palette) *strings.Replacer {
	gone := []string{"\x1b[0m", ""}
	for _, params := range append(p[:], "") {
		for _, before := range []string{"", "1", "7", "7;1"} {
			if all := strings.Trim(before+";"+params, ";"); all != "" {
				gone = append(gone, "\x1b["+all+"m", "")
			}
		}
	}
	return strings.NewReplacer(gone...)
}

func TestNoTailSteersTheTerminal(t *testing.T) {
	list, err := zipkin.Decode(bytes.NewReader(hostileTrace(t)), zipkin.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []drawn{{format: "json"}, {format: "text"}, {format: "text", ascii: true}} {
		var out bytes.Buffer
		if err := d.tailLine(&app{out: &out}, traces.BuildList(list), true); err != nil {
			t.Error(err)
		}
		if bad := steers(out.String()); bad != "" || out.Len() == 0 {
			t.Errorf("%+v has %s:\n%q", d, bad, out.String())
		}
	}
}

func TestNoServerSteersTheTerminal(t *testing.T) {
	trace := string(hostileTrace(t))
	bodies := map[string]http.HandlerFunc{
		"spans": func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/dependencies") {
				b, _ := json.Marshal([]any{map[string]any{"parent": hostile(), "child": hostile(), "callCount": 1}})
				_, _ = w.Write(b)
				return
			}
			if strings.Contains(r.URL.Path, "/trace/") {
				_, _ = fmt.Fprint(w, trace)
				return
			}
			_, _ = fmt.Fprint(w, "["+trace+"]")
		},
		"another page": func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, hostile()) },
		"cut off":      func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "["+trace[:len(trace)/2]) },
		"an empty JSON object": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, "{%q:1}", hostile())
		},
		"a redirect": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://\u202e\u009b31m.invalid/\u009d0;owned\u009c")
			w.WriteHeader(http.StatusFound)
		},
	}
	for _, code := range []int{400, 404, 500, 503} {
		bodies[http.StatusText(code)] = func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = fmt.Fprint(w, hostile())
		}
	}
	for name, body := range bodies {
		server := httptest.NewServer(body)
		commands := append(slices.Clone(drawing), []string{"show", "latest"}, []string{"show", "slowest"}, []string{"show", "a"}, []string{"show", hostile()},
			[]string{"compare", "latest", "median"}, []string{"export", "a"}, []string{"list", "--service", hostile()}, []string{"list", "--until", hostile()})
		for _, c := range commands {
			out, errs, _ := drawTraces(t, server.URL, c...)
			if bad := steers(out + errs); bad != "" {
				t.Errorf("%s: %q has %s:\n%q", name, c, bad, out+errs)
			}
			if out+errs == "" {
				t.Errorf("%s: %q says nothing", name, c)
			}
		}
		server.Close()
	}
}

// drawTraces runs chaintui traces with those arguments.
func drawTraces(t *testing.T, url string, args ...string) (out, errs string, code int) {
	t.Helper()
	environ := []string{"HOME=" + t.TempDir()}
	if url != "" {
		environ = append(environ, "CHAINTUI_ZIPKIN_URL="+url)
	}
	var o, e bytes.Buffer
	code = run(append([]string{"traces"}, args...), environ, strings.NewReader(""), &o, &e)
	return o.String(), e.String(), code
}
