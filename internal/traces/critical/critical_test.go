package critical

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// local makes spans of "ID PARENT START DURATION", all of a service that has the id's name; a fifth word is the kind.
func local(short ...string) []zipkin.Span {
	var out []zipkin.Span
	for _, s := range short {
		f := strings.Fields(s)
		span := zipkin.Span{TraceID: "1", ID: f[0], ParentID: strings.Trim(f[1], "-"), LocalEndpoint: &zipkin.Endpoint{ServiceName: f[0]}}
		_, _ = fmt.Sscan(f[2], &span.Timestamp)
		_, _ = fmt.Sscan(f[3], &span.Duration)
		if len(f) > 4 {
			span.Kind = zipkin.Kind(f[4])
			span.Shared = len(f) > 5
		}
		if span.Shared {
			span.LocalEndpoint = &zipkin.Endpoint{ServiceName: f[5]}
		}
		out = append(out, span)
	}
	return out
}

func TestPath(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"alone", "a - 100 50", "a100-150"},
		{"a child", "a - 100 50;b a 110 20", "a100-110 b110-130 a130-150"},
		{"back to back", "a - 100 50;b a 110 20;c a 130 20", "a100-110 b110-130 c130-150"},
		{"beside each other", "a - 100 50;b a 110 20;c a 110 30", "a100-110 c110-140 a140-150"},
		{"a long overlap is beside", "a - 100 100;b a 100 60;c a 150 50", "a100-150 c150-200"},
		{"a short overlap is clocks", "a - 100 100;b a 100 53;c a 150 50", "b100-150 c150-200"},
		{"outlives its parent", "a - 100 50;b a 140 100", "a100-140 b140-150"},
		{"after its parent", "a - 100 50;b a 160 10", "a100-150"},
		{"before its parent", "a - 100 50;b a 90 30", "b100-120 a120-150"},
		{"nobody waits for a consumer", "a - 100 50 PRODUCER;b a 110 30 CONSUMER", "a100-150"},
		{"two deep", "a - 100 50;b a 110 20;c b 115 5", "a100-110 b110-115 c115-120 b120-130 a130-150"},
		{"network", "a - 100 50;b a 110 30 CLIENT;b a 115 20 SERVER x;c b 120 5", "a100-110 ~110-115 x115-120 c120-125 x125-135 ~135-140 a140-150"},
		{"network of two ids", "a - 100 50 CLIENT;b a 110 20 SERVER", "~100-110 b110-130 ~130-150"},
	} {
		var in []string
		if c.in != "" {
			in = strings.Split(c.in, ";")
		}
		trace := traces.Build(local(in...))
		var got []string
		for _, s := range Path(trace) {
			name := trace.Rows[s.Row].Service()
			if s.Network {
				name = "~"
			}
			got = append(got, fmt.Sprintf("%s%d-%d", name, s.From, s.To))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func TestShares(t *testing.T) {
	trace := traces.Build(local("a - 100 50", "b a 110 30 CLIENT", "b a 115 20 SERVER x", "c b 120 5"))
	path := Path(trace)
	if got := fmt.Sprint(Shares(trace, path)); got != "[{a false 20} {x false 15} { true 10} {c false 5}]" {
		t.Error(got)
	}
	if row, self := Largest(path); row != 0 || self != 20 {
		t.Error(row, self)
	}
	if row, _ := Largest(nil); row != -1 {
		t.Error(row)
	}
}

func TestEveryMicrosecondIsThereOnce(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 2))
		var in []zipkin.Span
		for i := range 1 + r.IntN(30) {
			s := zipkin.Span{TraceID: "1", ID: fmt.Sprintf("%x", i+1), Timestamp: int64(1 + r.IntN(200)), Duration: int64(r.IntN(100)),
				Kind: []zipkin.Kind{"", zipkin.Client, zipkin.Server}[r.IntN(3)]}
			if i > 0 {
				s.ParentID = fmt.Sprintf("%x", 1+r.IntN(i))
			}
			in = append(in, s)
		}
		trace := traces.Build(in)
		path := Path(trace)
		root := &trace.Rows[0]
		at, end := root.Start, root.End()
		if root.Duration == 0 {
			end = trace.End
		}
		for _, s := range path {
			if s.From != at || s.To <= s.From {
				t.Fatalf("seed %d: segment %+v after %d", seed, s, at)
			}
			at = s.To
		}
		if at != end {
			t.Fatalf("seed %d: ends at %d, not %d", seed, at, end)
		}
	}
}
