package traces

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// check says how t breaks what holds of every trace; nil when it does not.
func check(t *Trace, received int) error {
	seen := make([]int, received)
	for _, r := range t.Refused {
		seen[r.Index]++
	}
	var l Ledger
	for i := range t.Rows {
		r := &t.Rows[i]
		if (r.Own == nil) != r.Marks.Has(Synthetic) || r.Own == nil && i > 0 {
			return fmt.Errorf("row %d has no half", i)
		}
		for _, h := range r.Halves() {
			l.Shown++
			l.Merged += len(h.Pieces) - 1
			if !slices.IsSorted(h.Pieces) {
				return fmt.Errorf("row %d: pieces %v", i, h.Pieces)
			}
			for _, p := range h.Pieces {
				seen[p]++
			}
			if h.Start() < 0 || h.Shift < 0 {
				return fmt.Errorf("row %d: half starts at %d", i, h.Start())
			}
		}
		if r.Start < 0 || r.Duration < 0 || r.Self < 0 || r.Network < -1 || r.End() < r.Start {
			return fmt.Errorf("row %d: start %d duration %d self %d network %d", i, r.Start, r.Duration, r.Self, r.Network)
		}
		if r.Start > 0 && (r.Start < t.Start || r.End() > t.End) {
			return fmt.Errorf("row %d: %d..%d is outside of %d..%d", i, r.Start, r.End(), t.Start, t.End)
		}
		if err := checkTree(t, i); err != nil {
			return err
		}
	}
	for i, n := range seen {
		if n != 1 {
			return fmt.Errorf("span %d is there %d times", i, n)
		}
	}
	l.Received, l.Refused = received, len(t.Refused)
	if l != t.Ledger || l.Received != l.Shown+l.Merged+l.Refused {
		return fmt.Errorf("ledger %+v, counted %+v", t.Ledger, l)
	}
	if t.End < t.Start {
		return fmt.Errorf("ends at %d, starts at %d", t.End, t.Start)
	}
	return nil
}

func checkTree(t *Trace, i int) error {
	r := &t.Rows[i]
	if i == 0 {
		if r.Parent != -1 || r.Depth != 0 || r.Size != len(t.Rows) {
			return fmt.Errorf("root: %+v", r)
		}
		return nil
	}
	p := &t.Rows[r.Parent]
	if r.Parent >= i || r.Depth != p.Depth+1 || r.Size < 1 || i+r.Size > r.Parent+p.Size {
		return fmt.Errorf("row %d (size %d, depth %d) does not fit into row %d (size %d, depth %d)", i, r.Size, r.Depth, r.Parent, p.Size, p.Depth)
	}
	return nil
}

// wild makes spans of whatever kind from a source of numbers: few ids, so that they meet, and times of every size.
func wild(n int, pick func(n int) int) []zipkin.Span {
	id := func() string {
		if v := pick(9); v > 0 {
			return fmt.Sprintf("%x", v)
		}
		return []string{"", "0", "xyz", "00000000000000001"}[pick(4)]
	}
	endpoint := func() *zipkin.Endpoint {
		if pick(4) == 0 {
			return nil
		}
		return &zipkin.Endpoint{
			ServiceName: []string{"", "a", "b", "C", "unknown"}[pick(5)],
			IPv4:        []string{"", "10.0.0.1", "10.0.0.2"}[pick(3)],
			Port:        pick(3),
		}
	}
	time := func() int64 {
		return []int64{0, 1, int64(pick(1000)), int64(pick(1000)), 1763719333412000, -1, 1 << 61, 1<<63 - 1, -1 << 63}[pick(9)]
	}
	out := make([]zipkin.Span, n)
	for i := range out {
		out[i] = zipkin.Span{TraceID: "1", ID: id(), ParentID: id(), Name: []string{"", "x", "unknown"}[pick(3)],
			Kind:      []zipkin.Kind{"", zipkin.Client, zipkin.Server, zipkin.Producer, zipkin.Consumer, "NONE"}[pick(6)],
			Timestamp: time(), Duration: time(), LocalEndpoint: endpoint(), RemoteEndpoint: endpoint(), Shared: pick(3) == 0}
		switch pick(8) {
		case 0:
			out[i].Tags = map[string]string{"error": ""}
		case 1:
			out[i].Annotations = []zipkin.Annotation{{Timestamp: 2, Value: "error"}, {Timestamp: 1, Value: "x"}, {Timestamp: 1, Value: "x"}}
		}
	}
	return out
}

func TestNoSpanIsLostWhateverComes(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		spans := wild(r.IntN(40), r.IntN)
		if err := check(Build(spans), len(spans)); err != nil {
			t.Fatalf("seed %d: %v\n%+v", seed, err, spans)
		}
	}
}

func TestRefusedByTheDecoderAreCounted(t *testing.T) {
	list := zipkin.List{
		Spans:   []zipkin.Span{{TraceID: "1", ID: "1"}, {TraceID: "1"}, {TraceID: "1", ID: "3", ParentID: "1"}},
		Refused: []zipkin.Refusal{{Index: 0, Reason: "a"}, {Index: 2, Reason: "b"}},
	}
	got := BuildList(list)
	if err := check(got, 5); err != nil {
		t.Fatal(err)
	}
	if len(got.Refused) != 3 || got.Refused[2] != (zipkin.Refusal{Index: 3, Reason: "id is missing"}) || got.Rows[1].Own.Pieces[0] != 4 {
		t.Errorf("%+v", got.Refused)
	}
}

func FuzzBuild(f *testing.F) {
	f.Add([]byte{}, 1)
	f.Add([]byte("1234567890abcdefghijklmnopqrstuvwxyz"), 3)
	f.Add([]byte{1, 0, 0, 0, 2, 2, 1, 1, 0, 0, 1, 3, 1, 1, 0, 0, 2, 1, 1, 1}, 9)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		at := 0
		pick := func(n int) int {
			if at++; at > len(data) {
				return 0
			}
			return int(data[at-1]) % n
		}
		spans := wild(min(max(n, 0), 60), pick)
		if err := check(Build(spans), len(spans)); err != nil {
			t.Fatalf("%v\n%+v", err, spans)
		}
	})
}
