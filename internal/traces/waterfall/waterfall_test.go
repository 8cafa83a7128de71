package waterfall

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/paint"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// build makes a trace of "ID PARENT SERVICE START DURATION KIND" spans; KIND may be absent, "S" is shared.
func build(short ...string) *traces.Trace {
	var in []zipkin.Span
	for _, s := range short {
		f := append(strings.Fields(s), "", "")
		span := zipkin.Span{TraceID: "1", ID: f[0], ParentID: strings.Trim(f[1], "-"), LocalEndpoint: &zipkin.Endpoint{ServiceName: f[2]}}
		_, _ = fmt.Sscan(f[3], &span.Timestamp)
		_, _ = fmt.Sscan(f[4], &span.Duration)
		switch f[5] {
		case "C":
			span.Kind = zipkin.Client
		case "S":
			span.Kind, span.Shared = zipkin.Server, true
		}
		in = append(in, span)
	}
	return traces.Build(in)
}

// bars draws the bars' column of each line, with its borders.
func bars(l *Layout) string {
	var b strings.Builder
	for _, r := range l.Rows(0, l.Len()) {
		var out bytes.Buffer
		line := r.Bar.draw(l.columns.bar, 0, l.scale.inGap)
		_ = paint.Write(&out, []paint.Line{append(append(paint.Line{paint.Say(paint.Text, "|")}, line...), paint.Say(paint.Text, "|"))}, paint.Style{})
		b.WriteString(out.String())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// width is what makes the bars of a short trace 20 cells wide.
const width = 20 + 2 + 12 + 1 + 8

func TestBars(t *testing.T) {
	for _, c := range []struct {
		name    string
		trace   *traces.Trace
		options Options
		want    string
	}{
		{"whole", build("1 - a 1000 1600"), Options{}, "|████████████████████|"},
		{"a child, to the eighth", build("1 - a 1000 1600", "2 1 b 1240 480"), Options{}, "|███▒▒▒▒▒▒███████████|\n|   ██████           |"},
		{"ends inside of cells", build("1 - a 1000 160", "2 1 b 1020 52"), Options{}, "|███▒▒▒▒▒▒███████████|\n|  ▐██████           |"},
		{"less than a cell", build("1 - a 1000 1600", "2 1 b 1240 5"), Options{}, "|████████████████████|\n|   ▎                |"},
		{"nothing, at the end", build("1 - a 1000 1600", "2 1 b 2600 0"), Options{}, "|████████████████████|\n|                   ▎|"},
		{"the network", build("1 - a 1000 1600 C", "1 - b 1320 960 S"), Options{}, "|░░░░████████████░░░░|"},
		{"a server's half of less than a cell", build("1 - a 1000 1600 C", "1 - b 1320 10 S"), Options{}, "|░░░░▎░░░░░░░░░░░░░░░|"},
		{"a server's half of less than a cell, at the end", build("1 - a 1000 1600 C", "1 - b 2597 2 S"), Options{}, "|░░░░░░░░░░░░░░░░░░░▎|"},
		{"no time", build("1 - a 1000 1600", "2 1 b 0 0"), Options{}, "|████████████████████|\n|                    |"},
		{"nothing has a time", build("1 - a 0 0"), Options{}, "|                    |"},
		{"one moment", build("1 - a 1000 0"), Options{}, "|▎                   |"},
		{"zoom", build("1 - a 1000 1600", "2 1 b 1800 80"), Options{From: 800, To: 960}, "|▒▒▒▒▒▒▒▒▒▒██████████|\n|██████████          |"},
		{"outside of the zoom", build("1 - a 1000 1600", "2 1 b 1100 80"), Options{From: 800, To: 960}, "|████████████████████|\n|                    |"},
		{"focus", build("1 - a 1000 1600", "2 1 b 1800 160", "3 2 c 1800 80"), Options{Focus: 1}, "|▒▒▒▒▒▒▒▒▒▒██████████|\n|██████████          |"},
		{"collapsed", build("1 - a 1000 1600", "2 1 b 1800 160"), Options{Collapsed: map[int]bool{0: true}}, "|██████████▒▒████████|"},
		{"a gap", build("1 - a 1000 100", "2 1 b 9900 100"), Options{Gaps: true}, "|████████▌           |\n|           ▐▒▒▒▒▒▒▒▒|"},
		{"a fold", build("1 - a 1000 1600", "2 1 b 1000 160", "3 1 b 1800 160"), Options{Fold: 2}, "|▒▒████████▒▒████████|\n|▒▒        ▒▒        |"},
		{"skew off", traces.Build([]zipkin.Span{
			{TraceID: "1", ID: "1", Kind: zipkin.Client, Timestamp: 1000, Duration: 800, LocalEndpoint: &zipkin.Endpoint{ServiceName: "a"}},
			{TraceID: "1", ID: "2", ParentID: "1", Kind: zipkin.Server, Timestamp: 200, Duration: 400, LocalEndpoint: &zipkin.Endpoint{ServiceName: "b"}},
		}), Options{NoSkew: true}, "|          ▒▒▒▒▒▒▒▒▒▒|\n|▒▒▒▒▒            |"},
	} {
		l := New(c.trace, c.options, width)
		got := bars(l)
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(c.want, " ", "") || len([]rune(strings.Split(got, "\n")[0])) != 22 && c.name != "skew off" {
			t.Errorf("%s (bars %d wide):\n%s\nwant\n%s", c.name, l.columns.bar, got, c.want)
		}
		if c.name != "skew off" && got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// lines writes which rows there are, indented.
func lines(l *Layout) string {
	var out []string
	for i, r := range l.Rows(0, l.Len()) {
		s := strings.Repeat(".", l.items[i].depth) + l.service(&l.trace.Rows[r.Index])
		if r.Fold != nil {
			s += fmt.Sprintf("×%d sum %d p95 %d max %d", len(r.Fold.Rows), r.Fold.Sum, r.Fold.P95, r.Fold.Max)
		}
		if r.Below && !r.Open {
			s += "+"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestLines(t *testing.T) {
	trace := build("1 - a 100 100", "2 1 c 110 10", "3 2 d 111 1", "4 1 b 120 30", "5 1 x 130 1", "6 1 x 140 2", "7 1 x 150 3", "8 6 y 141 1")
	for _, c := range []struct {
		name    string
		options Options
		want    string
	}{
		{"all", Options{}, "a .c ..d .b .x .x ..y .x"},
		{"collapsed", Options{Collapsed: map[int]bool{1: true}}, "a .c+ .b .x .x ..y .x"},
		{"all collapsed", Options{Collapsed: map[int]bool{0: true}}, "a+"},
		{"focus", Options{Focus: 1}, "c .d"},
		{"no such focus", Options{Focus: 99}, "a .c ..d .b .x .x ..y .x"},
		{"folded", Options{Fold: 3}, "a .c ..d .b .x×3 sum 6 p95 3 max 3+"},
		{"opened", Options{Fold: 3, Opened: map[int]bool{4: true}}, "a .c ..d .b .x×3 sum 6 p95 3 max 3 ..x ..x ...y ..x"},
		{"too few to fold", Options{Fold: 4}, "a .c ..d .b .x .x ..y .x"},
	} {
		if got := lines(New(trace, c.options, 100)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	folded := New(trace, Options{Fold: 3, Collapsed: map[int]bool{1: true}}, 100)
	for row, want := range map[int]int{0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3, 99: -1, -1: -1} {
		if got := folded.Find(row); got != want {
			t.Errorf("row %d is on line %d, want %d", row, got, want)
		}
	}
}

// How long a call took does not depend on whether the terminal is wide enough to draw it.
func TestADurationIsTheSameAtAnyWidth(t *testing.T) {
	trace := build("1 - a 100 100000", "2 1 b 110 812")
	for _, width := range []int{40, 80, 120, 300} {
		rows := New(trace, Options{}, width).Rows(1, 2)
		if got := rows[0].Cells.String(); !strings.Contains(got, "812 µs") {
			t.Errorf("%d wide: %q", width, got)
		}
	}
}

func TestAxis(t *testing.T) {
	for want, duration := range map[string]int64{
		"0        50       100       150      200 ms": 212_000, // the unit is above the durations
		"0         0.5       1         1.5 ms":        2_000,   // the unit of the duration beside it
		"0      100    200     300    400     500 µs": 540,
		"0     1     2     3      4     5     6 s":    6_400_000,
		"0      20     40     60     80     100 s":    112_000_000,
	} {
		l := New(build(fmt.Sprintf("1 - a 1000 %d", duration)), Options{}, 40+2+12+1+8)
		if got := strings.TrimSpace(l.Axis().String()); got != want {
			t.Errorf("%d µs, bars %d wide: %q, want %q", duration, l.columns.bar, got, want)
		}
	}
	for _, duration := range []int64{0, 1, 2, 999, 1000, 12_345, 1e9, 1 << 53} {
		for width := 0; width < 200; width += 7 {
			l := New(build(fmt.Sprintf("1 - a 1000 %d", duration)), Options{}, width)
			last := -1
			for _, tick := range l.Ticks() {
				digits := strings.TrimRight(fmt.Sprint(tick.At), "0")
				if tick.Cell <= last || tick.At > duration || !slices.Contains([]string{"", "1", "2", "5", "25", "15"}, digits) && len(digits) > 3 {
					t.Fatalf("%d µs: ticks %+v", duration, l.Ticks())
				}
				last = tick.Cell
			}
			if w := l.Axis().Width(); w != l.columns.total() {
				t.Fatalf("axis is %d wide, not %d", w, l.columns.total())
			}
		}
	}
}

// A gap's mark is whole, and apart from the labels before it; the last one, with the unit, is there whatever else is.
func TestTheAxisOfAGap(t *testing.T) {
	trace := build("1 - a 1000 157000", "2 1 b 2000 155000", "3 2 c 103000 4000", "4 2 c 104000 2000", "5 2 c 105000 1000")
	for width := 70; width < 120; width++ {
		l := New(trace, Options{Gaps: true}, width)
		axis := strings.TrimSpace(l.Axis().String())
		if parts := strings.Split(axis, " ≈≈≈"); len(parts) != 3 || strings.Contains(strings.Join(parts, ""), "≈") || !strings.HasSuffix(axis, " ms") {
			t.Errorf("%d wide: %q", width, axis)
		}
	}
}

func TestTheAxisOfAnEndlessGap(t *testing.T) {
	l := New(build("1 - a 1 2", fmt.Sprintf("2 1 b %d 3", int64(1)<<61)), Options{Gaps: true}, 100)
	if n := len(l.Ticks()); n == 0 || n > l.columns.bar {
		t.Errorf("%d ticks", n)
	}
	l.Axis()
}

func TestTheAxisOfAllTimeInFewCells(t *testing.T) {
	trace := build("1 - a 1 1", fmt.Sprintf("2 1 b %d 3", int64(1)<<61), fmt.Sprintf("3 1 c %d 3", int64(1)<<60))
	for width := range 40 {
		if n := len(New(trace, Options{}, width).Ticks()); n == 0 || n > 8 {
			t.Errorf("%d columns: %d ticks", width, n)
		}
	}
}

// holds checks what holds of every layout.
func holds(t *testing.T, trace *traces.Trace, o Options, width int) {
	t.Helper()
	l := New(trace, o, width)
	if width >= 30 && l.columns.total() != width {
		t.Fatalf("%d wide, want %d", l.columns.total(), width)
	}
	for i, r := range l.Rows(-5, l.Len()+5) {
		b := r.Bar
		if b.From < 0 || b.To < b.From || b.To > 8*l.columns.bar {
			t.Fatalf("line %d: bar %+v in %d cells", i, b, l.columns.bar)
		}
		for _, s := range b.Stretches {
			if s.From < b.From && s.Part != Empty || s.To <= s.From || s.To > 8*l.columns.bar {
				t.Fatalf("line %d: stretch %+v of %+v", i, s, b)
			}
		}
		if w := r.Cells.Width(); w != l.columns.total() {
			t.Fatalf("line %d is %d wide, not %d: %q", i, w, l.columns.total(), r.Cells)
		}
		for _, c := range r.Cells.String() {
			if c < 0x20 || c == 0x7f || c >= 0x80 && c < 0xa0 {
				t.Fatalf("line %d has %U", i, c)
			}
		}
	}
	l.Axis()
	for row := range trace.Rows {
		if at := l.Find(row); at >= l.Len() || at < 0 && o.Focus == 0 {
			t.Fatalf("row %d is on line %d of %d", row, at, l.Len())
		}
	}
}

// wild makes a trace and options of whatever kind from a source of numbers.
func wild(pick func(int) int) (*traces.Trace, Options, int) {
	n := pick(30)
	in := make([]zipkin.Span, n)
	for i := range in {
		times := []int64{0, int64(pick(300)), int64(pick(300)), 1 << 61, 1<<63 - 1}
		in[i] = zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", 1+pick(n)), ParentID: fmt.Sprintf("%x", pick(n)), Timestamp: times[pick(5)], Duration: times[pick(5)],
			Kind: []zipkin.Kind{"", zipkin.Client, zipkin.Server}[pick(3)], Name: []string{"", "a", "日本語\x1b[31m", "e\u0301e\u0301 \u202e"}[pick(4)],
			LocalEndpoint: &zipkin.Endpoint{ServiceName: []string{"", "a", "b\x07", "サービス", strings.Repeat("long-", 30)}[pick(5)]}}
		if pick(4) == 0 {
			in[i].Tags = map[string]string{"error": "x\n語"}
		}
	}
	o := Options{Focus: pick(n+2) * pick(2), Fold: pick(4), Gaps: pick(2) == 0, NoSkew: pick(3) == 0,
		Collapsed: map[int]bool{pick(n + 1): true}, Opened: map[int]bool{pick(n + 1): true}}
	if pick(3) == 0 {
		o.From, o.To = int64(pick(300)), int64(pick(300))
	}
	return traces.Build(in), o, pick(160)
}

func TestWhateverComesKeepsItsColumns(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 3))
		trace, o, width := wild(func(n int) int { return r.IntN(max(n, 1)) })
		holds(t, trace, o, width)
	}
}

func FuzzLayout(f *testing.F) {
	f.Add([]byte("\x05abcdefghijklmnopqrstuvwxyz0123456789"))
	f.Add([]byte{3, 0, 1, 1, 0, 3, 2, 1, 4, 4, 2, 2, 2, 1, 0, 0, 9, 9, 8, 1, 2})
	f.Fuzz(func(t *testing.T, data []byte) {
		at := 0
		trace, o, width := wild(func(n int) int {
			if at++; at > len(data) {
				return 0
			}
			return int(data[at-1]) % max(n, 1)
		})
		holds(t, trace, o, width)
	})
}
