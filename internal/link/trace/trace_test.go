package trace

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openzipkin/zipkin-go/model"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

const (
	trace128 = "463ac35c9f6413ad48485a3953bb6124"
	span     = "a2fb4a1d1a96d312"
	parent   = "0020000000000001"
)

func TestExtractWithParentAndUpperCase(t *testing.T) {
	for name, h := range map[string]http.Header{
		"single": header("b3", trace128+"-"+span+"-1-"+parent),
		"multi": header("X-B3-TraceId", strings.ToUpper(trace128), "X-B3-SpanId", strings.ToUpper(span), "X-B3-ParentSpanId", parent,
			"X-B3-Sampled", "true"),
	} {
		got := Extract(h)
		if got.TraceID != (model.TraceID{High: 0x463ac35c9f6413ad, Low: 0x48485a3953bb6124}) || got.ID != 0xa2fb4a1d1a96d312 ||
			got.ParentID == nil || *got.ParentID != 0x20000000000001 || got.Sampled == nil || !*got.Sampled || !got.Shared {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Headers that no specification allows carry no ids. Several of them make other parsers panic, or read past the end.
func TestExtractRefuses(t *testing.T) {
	zero16, zero32 := strings.Repeat("0", 16), strings.Repeat("0", 32)
	for _, value := range []string{
		"-", "x", "11", trace128, trace128 + "-", trace128 + "-" + span + "-", trace128 + "-" + span + "-2", trace128 + "-" + span + "-11",
		trace128 + "-" + span + "-1-", trace128 + "-" + span + "-1-" + parent + "0", trace128 + "-" + span + "-" + parent,
		trace128 + "_" + span, trace128[:20] + "-" + span, zero32 + "-" + span + "-1", trace128 + "-" + zero16 + "-1",
		strings.Repeat("a", 34), strings.Repeat("a", 64), strings.Repeat("-", 70), "+" + trace128[1:] + "-" + span,
	} {
		if got := Extract(header("b3", value)); !got.TraceID.Empty() || got.ID != 0 || got.Shared {
			t.Errorf("b3 %q gives %+v", value, got)
		}
	}
	for _, value := range []string{
		"00", "00-" + trace128 + "-" + span, "00-" + trace128 + "-" + span + "-0", "00-" + trace128 + "-" + span + "-01-more",
		"ff-" + trace128 + "-" + span + "-01", "0x-" + trace128 + "-" + span + "-01", "01-" + trace128 + "-" + span + "-01x",
		"00-" + zero32 + "-" + span + "-01", "00-" + trace128 + "-" + zero16 + "-01", "00-" + trace128 + "-" + span + "-xx",
	} {
		if got := Extract(header("traceparent", value)); !got.TraceID.Empty() || got.Sampled != nil {
			t.Errorf("traceparent %q gives %+v", value, got)
		}
	}
	for name, h := range map[string]http.Header{
		"no span id": header("X-B3-TraceId", trace128), "no trace id": header("X-B3-SpanId", span),
		"too long": header("X-B3-TraceId", "0"+trace128, "X-B3-SpanId", span),
	} {
		if got := Extract(h); !got.TraceID.Empty() {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestExtractTakesTheNextBest(t *testing.T) {
	later := "cc-" + trace128 + "-" + span + "-01-what-the-future-brings"
	if got := Extract(header("traceparent", later)); got.TraceID.Empty() || got.Shared {
		t.Errorf("a later version of traceparent gives %+v", got)
	}
	got := Extract(header("b3", "d", "traceparent", "00-"+trace128+"-"+span+"-00"))
	if got.TraceID.Empty() || !got.Debug || got.Sampled != nil {
		t.Errorf("the decision of b3 does not hold for traceparent's ids: %+v", got)
	}
	got = Extract(header("X-B3-Sampled", "0", "traceparent", "00-"+trace128+"-"+span+"-01"))
	if got.Sampled == nil || *got.Sampled {
		t.Errorf("the decision of X-B3-Sampled does not hold for traceparent's ids: %+v", got)
	}
	got = Extract(header("b3", "0", "X-B3-TraceId", trace128, "X-B3-SpanId", span, "X-B3-Flags", "1"))
	if got.TraceID.Empty() || !got.Shared || got.Debug || got.Sampled == nil || *got.Sampled {
		t.Errorf("the decision of b3 does not win over that of X-B3 headers: %+v", got)
	}
}

func TestIDs(t *testing.T) {
	root := IDs{}.TraceID()
	if root.High == 0 || root.Low == 0 || root == (IDs{}).TraceID() {
		t.Errorf("trace id %v", root)
	}
	if (IDs{}).SpanID(root) != model.ID(root.Low) || (IDs{}).SpanID(model.TraceID{}) == 0 {
		t.Error("a root's span id is its trace's low half, any other's is random")
	}
}

func BenchmarkExtractInject(b *testing.B) {
	in := header("X-B3-TraceId", trace128, "X-B3-SpanId", span, "X-B3-ParentSpanId", parent, "X-B3-Sampled", "1", "traceparent", "00-"+trace128+"-"+span+"-01")
	b.ReportAllocs()
	for b.Loop() {
		Inject(make(http.Header, 12), Extract(in).SpanContext)
	}
}

// Whatever a caller sends, nothing panics, and what is understood comes out as it went in, both ways.
func FuzzHeaders(f *testing.F) {
	f.Add(trace128+"-"+span+"-1-"+parent, "", "", "", "", "", "")
	f.Add("", trace128, span, parent, "1", "0", "")
	f.Add("0", "", "", "", "", "", "00-"+trace128+"-"+span+"-01")
	f.Add(strings.Repeat("a", 40), trace128[:16], span, "", "false", "1", "01-"+trace128+"-"+span+"-01-x")
	f.Fuzz(func(t *testing.T, single, traceID, spanID, parentID, sampled, flags, w3c string) {
		in := Extract(http.Header{"B3": {single}, b3TraceID: {traceID}, b3SpanID: {spanID}, b3ParentID: {parentID},
			b3Sampled: {sampled}, b3Flags: {flags}, traceparent: {w3c}})
		if in.TraceID.Empty() != (in.ID == 0) || (in.Debug && in.Sampled != nil) {
			t.Fatalf("half a context: %+v", in)
		}
		if in.TraceID.Empty() {
			return
		}
		out := http.Header{}
		Inject(out, in.SpanContext)
		again := Extract(out)
		if again.TraceID != in.TraceID || again.ID != in.ID || again.Debug != in.Debug || (again.ParentID == nil) != (in.ParentID == nil) ||
			(again.Sampled == nil) != (in.Sampled == nil) || (again.Sampled != nil && *again.Sampled != *in.Sampled) {
			t.Fatalf("%+v went out as %v and came back as %+v", in, out, again)
		}
		delete(out, b3TraceID)
		delete(out, b3Sampled)
		delete(out, b3Flags)
		if w := Extract(out); w.TraceID != in.TraceID || w.ID != in.ID || w.Shared {
			t.Fatalf("%+v went out as traceparent %v and came back as %+v", in, out[traceparent], w)
		}
	})
}
