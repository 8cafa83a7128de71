package traces

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// sp writes a span in short: "ID PARENT KIND SERVICE@IP START DURATION WORDS", "-" for what is absent. WORDS are
// shared, error, warn, >SERVICE for the remote endpoint and =NAME.
func sp(short string) zipkin.Span {
	f := strings.Fields(strings.ReplaceAll(short, "-", "0"))
	s := zipkin.Span{TraceID: "1", ID: f[0], ParentID: f[1]}
	if s.ParentID == "0" {
		s.ParentID = ""
	}
	s.Kind = map[string]zipkin.Kind{"C": zipkin.Client, "S": zipkin.Server, "P": zipkin.Producer, "Q": zipkin.Consumer}[f[2]]
	if service, ip, _ := strings.Cut(f[3], "@"); service != "0" {
		s.LocalEndpoint = &zipkin.Endpoint{ServiceName: service, IPv4: ip}
	}
	_, _ = fmt.Sscan(f[4], &s.Timestamp)
	_, _ = fmt.Sscan(f[5], &s.Duration)
	for _, w := range f[6:] {
		switch {
		case w == "shared":
			s.Shared = true
		case w == "error":
			s.Tags = map[string]string{"error": ""}
		case w == "warn":
			s.Annotations = []zipkin.Annotation{{Timestamp: 1, Value: "error"}}
		case w[0] == '>':
			service, ip, _ := strings.Cut(w[1:], "@")
			s.RemoteEndpoint = &zipkin.Endpoint{ServiceName: service, IPv4: ip}
		case w[0] == '=':
			s.Name = w[1:]
		}
	}
	return s
}

func spans(short ...string) []zipkin.Span {
	out := make([]zipkin.Span, len(short))
	for i := range short {
		out[i] = sp(short[i])
	}
	return out
}

// draw writes a trace in short: one line a row, "SERVICE PIECES START+DURATION self MARKS", indented by depth.
func draw(t *Trace) string {
	var b strings.Builder
	for i := range t.Rows {
		r := &t.Rows[i]
		fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", r.Depth), orDash(r.Service()))
		if r.Caller != nil {
			fmt.Fprintf(&b, " %v", r.Caller.Pieces)
		}
		if r.Own != nil {
			fmt.Fprintf(&b, " %v", r.Own.Pieces)
		}
		fmt.Fprintf(&b, " %d+%d s%d", r.Start, r.Duration, r.Self)
		if r.Network >= 0 {
			fmt.Fprintf(&b, " n%d", r.Network)
		}
		fmt.Fprintf(&b, " %s\n", r.Marks)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestTrees(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []zipkin.Span
		want string
	}{
		{"nothing", nil, ""},
		{"one span", spans("1 - S a@1 100 50"), "a [0] 100+50 s50\n"},
		{"two halves of one id are one row", spans("1 - C a@1 100 50 >b", "1 - S b@2 110 30 shared"), "b [0] [1] 100+50 s30 n20\n"},
		{"a server that does not say it shares", spans("1 - S b@2 110 30", "1 - C a@1 100 50"), "b [1] [0] 100+50 s30 n20\n"},
		{"a server of its own id", spans("1 - C a@1 100 50", "2 1 S b@2 110 30"), "a [0] 100+50 s0 n20\n b [1] 110+30 s30\n"},
		{"a lone shared root", spans("1 - S b@2 110 30 shared"), "b [0] 110+30 s30\n"},
		{"children of both halves", spans("1 - C a@1 100 50", "1 - S b@2 110 30 shared", "2 1 C b@2 115 10 >c", "2 1 S c@3 117 5 shared"),
			"b [0] [1] 100+50 s20 n20\n c [2] [3] 115+10 s5 n5\n"},
		{"the same twice", spans("1 - S a@1 100 50", "1 - S a@1 100 50"), "a [0 1] 100+50 s50\n"},
		{"pieces grow to cover both", spans("1 - S a@1 100 0", "1 - S a@1 110 50"), "a [0 1] 100+60 s60\n"},
		{"a late piece goes to the half it names", spans("1 - - b@2 - -", "1 - C a@1 100 50", "1 - S b@2 110 30 shared", "1 - - a@1 - -"),
			"b [1 3] [0 2] 100+50 s30 n20\n"},
		{"a late piece that names nobody goes to the client", spans("1 - C a@1 100 50", "1 - S b@2 110 30 shared", "1 - - - - -"),
			"b [0 2] [1] 100+50 s30 n20\n"},
		{"a retry with the same id is not merged", spans("1 - C a@1 100 50 >b@2", "1 - S b@2 110 10 shared", "1 - S b@3 130 10 shared"),
			"b [0] [1] 100+50 s10 n40\n b [2] 130+10 s10\n"},
		{"a fan-out with one id", spans("1 - C a@1 100 50 >b", "1 - C a@1 100 60 >c", "1 - S c@3 110 30 shared", "1 - S b@2 120 20 shared", "2 1 - c@3 115 5", "3 1 - b@2 125 5"),
			"b [0] [3] 100+50 s15 n30\n c [1] [2] 100+60 s25 n30 extra0root\n  c [4] 115+5 s5\n b [5] 125+5 s5\n"},
		{"a span of another service with a used id", spans("1 - C a@1 100 50", "1 - - z@9 120 5"), "a [0] 100+50 s50\n z [1] 120+5 s5 extra-root\n"},
		{"orphans and other roots", spans("1 - S a@1 100 50", "2 9 S b@1 110 5", "3 - S c@1 120 5"), "a [0] 100+50 s45\n b [1] 110+5 s5 orphan\n c [2] 120+5 s5 extra-root\n"},
		{"no root", spans("2 9 S b@1 110 5", "3 9 S c@1 120 5"), "- 110+15 s0 synthetic\n b [0] 110+5 s5 orphan\n c [1] 120+5 s5 orphan\n"},
		{"a circle", spans("1 3 S a@1 30 5", "2 1 S b@1 20 5", "3 2 S c@1 10 5"), "- 10+25 s0 synthetic\n c [2] 10+5 s5 cycle-cut\n  a [0] 30+5 s5\n   b [1] 20+5 s5\n"},
		{"its own parent", spans("1 1 S a@1 30 5"), "a [0] 30+5 s5\n"},
		{"no timestamps", spans("1 - S a@1 - 50", "2 1 S b@1 - 5"), "a [0] 0+50 s50 no-time\n b [1] 0+5 s5 no-time\n"},
		{"children by time, the absent last", spans("1 - S a@1 100 50", "2 1 - b@1 - -", "3 1 - c@1 120 1", "4 1 - d@1 110 1"),
			"a [0] 100+50 s48\n d [3] 110+1 s1\n c [2] 120+1 s1\n b [1] 0+0 s0 no-time\n"},
		{"overlapping children count once", spans("1 - S a@1 100 50", "2 1 - b@1 110 20", "3 1 - c@1 120 20", "4 1 - d@1 145 90"),
			"a [0] 100+50 s15\n b [1] 110+20 s20\n c [2] 120+20 s20\n d [3] 145+90 s90\n"},
		{"a child before its root", spans("1 - S a@1 100 50", "2 1 - b@1 90 5"), "a [0] 100+50 s50\n b [1] 90+5 s5\n"},
		{"a client without an end", spans("1 - C a@1 100 -", "1 - S b@2 110 30 shared"), "b [0] [1] 100+40 s30\n"},
		{"errors", spans("1 - S a@1 100 50 error", "2 1 S b@1 110 20 error", "3 2 S c@1 115 5 error", "4 1 S d@1 140 5 warn"),
			"a [0] 100+50 s25 failed,passed-on\n b [1] 110+20 s15 failed,passed-on\n  c [2] 115+5 s5 failed\n d [3] 140+5 s5 transient\n"},
	} {
		trace := Build(c.in)
		if got, want := draw(trace), strings.ReplaceAll(c.want, "extra0root", "extra-root"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
		if err := check(trace, len(c.in)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestClockSkew(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []zipkin.Span
		want []int64 // shifts of the own halves in the order of rows
	}{
		{"none", spans("1 - C a@1 100 50", "1 - S b@2 101 30 shared"), []int64{0}},
		{"the middle of the client", spans("1 - C a@1 100 50", "1 - S b@2 40 30 shared"), []int64{70}},
		{"at once", spans("1 - C a@1 100 50", "1 - S b@2 100 30 shared"), []int64{10}},
		{"a longer server", spans("1 - C a@1 100 50", "1 - S b@2 40 80 shared"), []int64{61}},
		{"no duration", spans("1 - C a@1 100 -", "1 - S b@2 40 80 shared"), []int64{61}},
		{"no timestamp", spans("1 - C a@1 - 50", "1 - S b@2 40 30 shared"), []int64{0}},
		{"one host", spans("1 - C a@1 100 50", "1 - S b@1 40 30 shared"), []int64{0}},
		{"not known whose", spans("1 - C a@1 100 50", "1 - S - 40 30 shared"), []int64{0}},
		{"names where no address is", spans("1 - C a 100 50", "1 - S b 40 30 shared"), []int64{70}},
		{"an id of its own", spans("1 - C a@1 100 50", "2 1 S b@2 40 30"), []int64{0, 70}},
		{"only from client to server", spans("1 - P a@1 100 50", "2 1 Q b@2 40 30"), []int64{0, 0}},
		{"what is below on that host", spans("1 - C a@1 100 50", "1 - S b@2 40 30 shared", "2 1 - b@2 45 5", "3 1 C b@2 50 10", "3 1 S c@3 125 5 shared", "4 3 - b@2 60 1", "5 3 - c@3 128 1"),
			[]int64{70, 70, 0, 0, 70}},
		{"a skew beyond a skew", spans("1 - C a@1 100 50", "1 - S b@2 40 30 shared", "2 1 C b@2 50 10", "2 1 S c@3 55 4 shared"), []int64{70, 68}},
		{"not on a branch beside it", spans("1 - S a@1 90 90", "2 1 C a@1 100 50", "2 1 S b@2 40 30 shared", "3 1 - b@2 95 1"), []int64{0, 0, 70}},
	} {
		trace := Build(c.in)
		var got []int64
		for i := range trace.Rows {
			got = append(got, trace.Rows[i].Own.Shift)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v\n%s", c.name, got, c.want, draw(trace))
		}
	}
}

func TestOriginIsTheDeepestThatFailed(t *testing.T) {
	for want, in := range map[string][]zipkin.Span{
		"-1 ":  spans("1 - S a@1 100 50 warn"),
		"0 a":  spans("1 - S a@1 100 50 error"),
		"2 c":  spans("1 - S a@1 100 50 error", "2 1 S b@1 110 20", "3 2 S c@1 115 5 error"),
		"3 d":  spans("1 - S a@1 100 50 error", "2 1 S b@1 110 20 error", "3 1 S c@1 115 5", "4 3 S d@1 116 5 error"),
		"1 b1": spans("1 - S a@1 100 50", "2 1 S b2@1 130 20 error", "3 1 S b1@1 115 5 error"),
	} {
		got := Build(in)
		service := ""
		if got.Origin >= 0 {
			service = got.Rows[got.Origin].Service()
		}
		if s := fmt.Sprint(got.Origin, " ", service); s != want {
			t.Errorf("%s, want %s\n%s", s, want, draw(got))
		}
	}
}
