package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/waterfall"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

var update = flag.Bool("update", false, "write the golden files anew")

// load reads the traces of a file in testdata: chain.json is nine requests over six links, two of them slow at link 2, two
// failing; odd.json is one trace with everything that is not plain.
func load(t *testing.T, name string) []*traces.Trace {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lists, err := zipkin.DecodeLists(f, zipkin.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var set []*traces.Trace
	for _, l := range lists {
		set = append(set, traces.BuildList(l))
	}
	return set
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s differs (%v); look at it, then run with -update:\n%s", name, err, got)
	}
}

// views are all text views of the samples.
func views(t *testing.T, width int) map[string][]paint.Line {
	chain, odd := load(t, "chain.json"), load(t, "odd.json")[0]
	return map[string][]paint.Line{
		"list":    List(chain, ListOptions{Width: width, Full: true, Cut: "a\nb"}),
		"show":    Show(chain[3], ShowOptions{Width: width}),
		"odd":     Show(odd, ShowOptions{Width: width, Waterfall: waterfall.Options{Fold: 4, Gaps: true}}),
		"compare": Compare(compare.Traces(chain[3], chain), CompareOptions{Width: width, A: "slowest"}),
		"stats":   Stats(stats.Of(chain), width),
		"flame":   Flame(append(chain, odd), width),
		"map":     Map(traces.Links(append(chain, odd)...), width),
	}
}

func TestGolden(t *testing.T) {
	for _, width := range []int{80, 140} {
		for name, lines := range views(t, width) {
			for style, s := range map[string]paint.Style{"plain": {}, "ascii": {ASCII: true}} {
				var b bytes.Buffer
				if err := paint.Write(&b, lines, s); err != nil {
					t.Fatal(err)
				}
				golden(t, fmt.Sprintf("%s-%d-%s.txt", name, width, style), b.Bytes())
			}
		}
	}
}

func TestNoLineIsTooWide(t *testing.T) {
	for _, width := range []int{60, 80, 81, 99, 100, 101, 120, 132, 140, 200, 300} {
		for name, lines := range views(t, width) {
			for _, l := range lines {
				if l.Width() > width {
					t.Errorf("%s at %d is %d wide: %q", name, width, l.Width(), l)
				}
			}
		}
	}
}

func TestASCIIIsASCII(t *testing.T) {
	for name, lines := range views(t, 100) {
		var b bytes.Buffer
		_ = paint.Write(&b, lines, paint.Style{ASCII: true})
		for _, c := range b.Bytes() {
			if c > 0x7e || c < 0x20 && c != '\n' {
				t.Fatalf("%s has %q:\n%s", name, c, b.String())
			}
		}
	}
}

// hostile is a trace whose every string carries every character that could steer a terminal.
func hostile() []*traces.Trace {
	var bad strings.Builder
	bad.WriteString("x\x1b]0;owned\x07\x1b[31my\u009b2Jz\u202e\u2066\u200f\u2028\x1b]8;;http://evil\x1b\\<script>&\"'")
	for c := rune(0); c < 0xa0; c++ {
		if c < 0x20 || c >= 0x7f {
			bad.WriteRune(c)
		}
	}
	s := bad.String()
	e := &zipkin.Endpoint{ServiceName: s, IPv4: s, IPv6: s}
	spans := []zipkin.Span{
		{TraceID: "1", ID: "1", Name: s, Kind: zipkin.Kind(s), Timestamp: 5, Duration: 10, LocalEndpoint: e, RemoteEndpoint: e, Tags: map[string]string{s: s, "error": s, "http.status_code": s},
			Annotations: []zipkin.Annotation{{Timestamp: 5, Value: s}}},
		{TraceID: "1", ID: "2", ParentID: "1", Kind: zipkin.Client, Name: s, Timestamp: 6, Duration: 2, LocalEndpoint: e, RemoteEndpoint: e, Tags: map[string]string{"error": s}},
		{TraceID: s, ID: s, ParentID: s},
	}
	return []*traces.Trace{traces.BuildList(zipkin.List{Spans: spans, Refused: []zipkin.Refusal{{Index: 3, Reason: s}}, Cut: s})}
}

func TestNothingSteersTheTerminal(t *testing.T) {
	set := hostile()
	outputs := map[string]func(w io.Writer) error{
		"tree":   func(w io.Writer) error { return Tree(w, set[0]) },
		"svg":    func(w io.Writer) error { return SVG(w, set[0], nil) },
		"html":   func(w io.Writer) error { return HTML(w, set[0], nil) },
		"json":   func(w io.Writer) error { return WriteJSON(w, TraceDocument(set[0])) },
		"list":   func(w io.Writer) error { return WriteJSON(w, ListDocument(set)) },
		"export": func(w io.Writer) error { return zipkin.Encode(w, []zipkin.Span{set[0].Rows[0].Own.Span}) },
	}
	text := map[string][]paint.Line{
		"text list":    List(set, ListOptions{Width: 120, Cut: set[0].Cut}),
		"text show":    Show(set[0], ShowOptions{Width: 140}),
		"text compare": Compare(compare.Traces(set[0], set), CompareOptions{Width: 120, A: set[0].Cut, B: set[0].Cut}),
		"text stats":   Stats(stats.Of(set), 120),
		"text flame":   Flame(set, 120),
		"text map":     Map(traces.Links(set...), 120),
	}
	for name, lines := range text {
		outputs[name] = func(w io.Writer) error { return paint.Write(w, lines, paint.Style{}) }
	}
	for name, write := range outputs {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, c := range b.String() {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == 0x2028) {
				t.Fatalf("%s has %U:\n%q", name, c, b.String())
			}
		}
		if strings.Contains(b.String(), "<script") && !strings.HasPrefix(name, "text") && name != "tree" && name != "json" && name != "list" && name != "export" {
			t.Errorf("%s is not escaped", name)
		}
	}
}

func TestPicturesAreWellFormed(t *testing.T) {
	for _, trace := range append(append(load(t, "chain.json"), load(t, "odd.json")...), append(hostile(), traces.Build(nil))...) {
		var b bytes.Buffer
		if err := SVG(&b, trace, nil); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(&b); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	chain, odd := load(t, "chain.json"), load(t, "odd.json")[0]
	for name, d := range map[string]Document{
		"trace": TraceDocument(chain[3]), "list": ListDocument(chain), "compare": CompareDocument(compare.Traces(chain[3], chain)),
		"stats": StatsDocument(stats.Of(chain)), "map": MapDocument(traces.Links(chain...)),
	} {
		var b bytes.Buffer
		if err := WriteJSON(&b, d); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".golden.json", b.Bytes())
	}
	var b bytes.Buffer
	if err := WriteJSON(&b, TraceDocument(odd)); err != nil {
		t.Fatal(err)
	}
	var back Document
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if l := back.Trace.Ledger; l != odd.Ledger || l.Received != l.Shown+l.Merged+l.Refused || back.Version != "chaintui.traces/v1" || len(back.Trace.Rows) != len(odd.Rows) {
		t.Errorf("%+v", back.Trace.TraceSummary)
	}
}

func TestAFlameSaysWhatItLeavesOut(t *testing.T) {
	var spans []zipkin.Span
	for i := range flameLevels + 2 {
		spans = append(spans, zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", i+1), ParentID: fmt.Sprintf("%x", i), Timestamp: 1, Duration: 1000})
	}
	spans[0].ParentID = ""
	for n, want := range map[int]bool{flameLevels: false, flameLevels + 2: true} {
		lines := Flame([]*traces.Trace{traces.Build(spans[:n])}, 80)
		if said := slices.ContainsFunc(lines, func(l paint.Line) bool { return strings.Contains(l.String(), "… 2 levels below") }); said != want {
			t.Errorf("%d levels: %v", n, said)
		}
	}
}

func TestNothingAtAll(t *testing.T) {
	empty := traces.Build(nil)
	for _, set := range [][]*traces.Trace{nil, {empty}} {
		List(set, ListOptions{Width: 80})
		Flame(set, 80)
		Stats(stats.Of(set), 80)
		Map(traces.Links(set...), 80)
	}
	Show(empty, ShowOptions{Width: 80})
	Compare(compare.Traces(empty, nil), CompareOptions{Width: 80})
	if err := WriteJSON(io.Discard, TraceDocument(empty)); err != nil {
		t.Error(err)
	}
	if err := Tree(io.Discard, empty); err != nil {
		t.Error(err)
	}
}
