package traces

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []zipkin.Span
		want string
	}{
		{"nothing", nil, ""},
		{"a shared id", spans("1 - C a@1 1 9 >x", "1 - S b@2 2 3 shared >y"), "a>b 1"},
		{"an error of the server", spans("1 - C a@1 1 9", "1 - S b@2 2 3 shared error"), "a>b 1!1"},
		{"an error of the client, one id", spans("1 - C a@1 1 9 error", "1 - S b@2 2 3 shared"), "a>b 1"},
		{"an error of the client, two ids", spans("1 - C a@1 1 9 error", "2 1 S b@2 2 3"), "a>b 1!1"},
		{"a client alone", spans("1 - C a@1 1 9 >b error"), "a>b 1!1"},
		{"a client that names nobody", spans("1 - C a@1 1 9"), ""},
		{"a root server", spans("1 - S a@1 1 9"), ""},
		{"a root server that names its caller", spans("1 - S a@1 1 9 >z"), "z>a 1"},
		{"local spans between", spans("1 - S a@1 1 9", "2 1 - a@1 2 5", "3 2 S b@2 3 3"), "a>b 1"},
		{"no kind, both names", spans("1 - - a@1 1 9 >b"), "a>b 1"},
		{"messaging", spans("1 - P a@1 1 9 >kafka", "2 1 Q b@2 2 3 >kafka error", "3 1 Q c@2 2 3"), "a>kafka 1 kafka>b 1!1"},
		{"a hop without spans", spans("1 - S a@1 1 9", "2 1 C b@2 2 5 >c"), "a>b 1 b>c 1"},
		{"the chain", spans("1 - S a@1 1 99", "2 1 C a@1 2 9", "2 1 S b@2 3 5 shared", "3 2 C b@2 4 3", "3 2 S c@3 5 1 shared"), "a>b 1 b>c 1"},
		{"below a server, from elsewhere", spans("1 - C a@1 1 9 >b", "1 - S b@2 2 3 shared", "2 1 C b@9 3 1 >c"), "a>b 2 b>c 1"},
		{"headless", spans("2 1 S b@2 3 5", "3 2 S c@3 4 3"), "b>c 1"},
	} {
		var got []string
		for _, l := range Links(Build(c.in)) {
			s := fmt.Sprintf("%s>%s %d", l.Parent, l.Child, l.CallCount)
			if l.ErrorCount > 0 {
				s += fmt.Sprintf("!%d", l.ErrorCount)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestGroup(t *testing.T) {
	list := zipkin.List{
		Spans:   []zipkin.Span{{TraceID: "b", ID: "1"}, {TraceID: "a", ID: "1"}, {TraceID: "000000000000000b", ID: "2"}},
		Refused: []zipkin.Refusal{{Index: 1, Reason: "x"}},
	}
	got := Group(list)
	if len(got) != 2 || len(got[0].Spans) != 2 || got[0].Received() != 3 || got[1].Received() != 1 {
		t.Fatalf("%+v", got)
	}
	for _, l := range got {
		if err := check(BuildList(l), l.Received()); err != nil {
			t.Error(err)
		}
	}
	long, other := "0000000000000001000000000000000a", "0000000000000002000000000000000a"
	if got := Group(zipkin.Of([]zipkin.Span{{TraceID: "a", ID: "1"}, {TraceID: long, ID: "2"}, {TraceID: "b", ID: "3"}})); len(got) != 2 || BuildList(got[0]).ID != long {
		t.Errorf("an id of 64 bits and its 128: %+v", got)
	}
	if got := Group(zipkin.Of([]zipkin.Span{{TraceID: long, ID: "1"}, {TraceID: "a", ID: "2"}, {TraceID: other, ID: "3"}})); len(got) != 3 {
		t.Errorf("an id of 64 bits and two of 128: %+v", got)
	}
	if empty := Group(); len(empty) != 1 || empty[0].Received() != 0 {
		t.Errorf("%+v", empty)
	}
}
