package zipkin

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const good = `{"traceId":"1","id":"2","name":"a"}`

func TestDecodeMendsWhatItCan(t *testing.T) {
	const ids = `"traceId":"000000000000000a","id":"000000000000000b"`
	base := Span{TraceID: "000000000000000a", ID: "000000000000000b"}
	with := func(f func(*Span)) Span {
		s := base
		f(&s)
		return s
	}
	local := func(e Endpoint) Span { return with(func(s *Span) { s.LocalEndpoint = &e }) }
	for _, c := range []struct {
		name, in string
		want     Span
		repaired bool
	}{
		{"short ids are padded", `{"traceId":"a","id":"b"}`, base, false},
		{"a trace id of 17 digits", `{"traceId":"1000000000000000a","id":"b"}`, with(func(s *Span) { s.TraceID = "0000000000000001000000000000000a" }), false},
		{"upper case", `{"traceId":"A","id":"B"}`, base, true},
		{"unknown fields", `{` + ids + `,"x":{"y":[1,{"z":null}]}}`, base, false},
		{"nulls are absent", `{` + ids + `,"kind":null,"name":null,"timestamp":null,"localEndpoint":null,"annotations":null,"tags":null,"shared":null}`, base, false},
		{"a kind in lower case", `{` + ids + `,"kind":"client"}`, with(func(s *Span) { s.Kind = Client }), true},
		{"a kind that is none", `{` + ids + `,"kind":"FOO"}`, base, true},
		{"a parent that is none", `{` + ids + `,"parentId":"xyz"}`, base, true},
		{"a parent of zeros", `{` + ids + `,"parentId":"0000000000000000"}`, base, true},
		{"a negative timestamp", `{` + ids + `,"timestamp":-5}`, base, true},
		{"a fraction", `{` + ids + `,"duration":1.9}`, with(func(s *Span) { s.Duration = 1 }), true},
		{"an exponent", `{` + ids + `,"timestamp":1.5e15}`, with(func(s *Span) { s.Timestamp = 1_500_000_000_000_000 }), true},
		{"a number in a string", `{` + ids + `,"timestamp":"12"}`, with(func(s *Span) { s.Timestamp = 12 }), true},
		{"beyond all numbers", `{` + ids + `,"timestamp":1e999,"duration":99999999999999999999}`, with(func(s *Span) { s.Timestamp, s.Duration = 1<<61, 1<<61 }), true},
		{"a time that is an object", `{` + ids + `,"timestamp":{"a":1}}`, base, true},
		{"an octet with a zero before it", `{` + ids + `,"localEndpoint":{"ipv4":"52.0.0.04"}}`, local(Endpoint{IPv4: "52.0.0.4"}), true},
		{"no address", `{` + ids + `,"localEndpoint":{"serviceName":"a","ipv4":"nowhere"}}`, local(Endpoint{ServiceName: "a"}), true},
		{"an address in the other's field", `{` + ids + `,"localEndpoint":{"ipv4":"::1"}}`, local(Endpoint{IPv6: "::1"}), false},
		{"a port below 0", `{` + ids + `,"localEndpoint":{"serviceName":"a","port":-1}}`, local(Endpoint{ServiceName: "a"}), true},
		{"a port too high", `{` + ids + `,"localEndpoint":{"serviceName":"a","port":65536}}`, local(Endpoint{ServiceName: "a"}), true},
		{"an empty endpoint", `{` + ids + `,"localEndpoint":{}}`, base, false},
		{"an endpoint that is text", `{` + ids + `,"localEndpoint":"a"}`, base, true},
		{"an annotation without a time", `{` + ids + `,"annotations":[{"timestamp":0,"value":"ws"}]}`, with(func(s *Span) { s.Annotations = []Annotation{{Value: "ws"}} }), true},
		{"annotations that are none", `{` + ids + `,"annotations":[1,{"timestamp":7,"value":"ws"}]}`, with(func(s *Span) { s.Annotations = []Annotation{{Timestamp: 7, Value: "ws"}} }), true},
		{"tags that are no text", `{` + ids + `,"tags":{"a":1,"b":true,"c":null,"d":{"e":[2]},"f":"g"}}`, with(func(s *Span) {
			s.Tags = map[string]string{"a": "1", "b": "true", "c": "", "d": `{"e":[2]}`, "f": "g"}
		}), true},
		{"a flag in words", `{` + ids + `,"shared":"true","debug":1}`, with(func(s *Span) { s.Shared, s.Debug = true, true }), true},
		{"escapes", `{` + ids + `,"name":"a\u0062\n\"","tags":{"\u0065":"\ud83d\ude80"}}`, with(func(s *Span) {
			s.Name, s.Tags = "ab\n\"", map[string]string{"e": "🚀"}
		}), false},
	} {
		got, err := Decode(strings.NewReader("["+c.in+"]"), Limits{})
		if err != nil || len(got.Spans) != 1 {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		if d := cmp.Diff(c.want, got.Spans[0]); d != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, d)
		}
		if (got.Repaired == 1) != c.repaired {
			t.Errorf("%s: repaired %d", c.name, got.Repaired)
		}
	}
}

func TestDecodeRefusesWithIndexAndReason(t *testing.T) {
	for in, want := range map[string]string{
		`{"id":"1"}`:                "traceId is missing",
		`{"traceId":"1"}`:           "id is missing",
		`{"traceId":1,"id":"1"}`:    "traceId is missing",
		`{"traceId":"x","id":"1"}`:  "traceId is not hexadecimal",
		`{"traceId":"1","id":"00"}`: "id is all zeros",
		`{"traceId":"1","id":"` + strings.Repeat("1", 17) + `"}`: "id is too long",
		`{"traceId":"1","id":01}`:                                "broken JSON at byte 21",
		`{"traceId":"1","id":"1","x"}`:                           "broken JSON at byte 27",
		`5`:                                                      "not an object",
		`"a,]b"`:                                                 "not an object",
		`null`:                                                   "not an object",
		`{"traceId":"1","id":"1","name":"` + strings.Repeat("n", 300) + `"}`: "larger than 200 bytes",
	} {
		got, err := Decode(strings.NewReader("["+good+","+in+","+good+"]"), Limits{SpanBytes: 200})
		if err != nil || len(got.Spans) != 2 || got.Cut != "" {
			t.Errorf("%s: %+v %v", in, got, err)
			continue
		}
		if d := cmp.Diff([]Refusal{{Index: 1, Reason: want}}, got.Refused); d != "" {
			t.Errorf("%s: (-want +got)\n%s", in, d)
		}
		if d := cmp.Diff([]int{0, 2}, got.Positions()); d != "" {
			t.Errorf("%s: positions (-want +got)\n%s", in, d)
		}
	}
}

func TestDecodeLists(t *testing.T) {
	shape := func(in string) string {
		lists, err := DecodeLists(iotest.OneByteReader(strings.NewReader(in)), Limits{Spans: 8, ListSpans: 3, TotalLists: 4})
		var out []string
		for _, l := range lists {
			s := fmt.Sprintf("%d+%d", len(l.Spans), len(l.Refused))
			if l.Cut != "" {
				s += " " + l.Cut
			}
			out = append(out, s)
		}
		if err != nil {
			out = append(out, err.Error())
		}
		return strings.Join(out, "; ")
	}
	g := good
	for in, want := range map[string]string{
		"[]":                                  "0+0",
		" \n[" + g + "]":                      "1+0",
		"\ufeff[" + g + "," + g + "]":         "2+0",
		"[[" + g + "],[" + g + "," + g + "]]": "1+0; 2+0",
		"[[],[" + g + "]]":                    "0+0; 1+0",
		"[[" + g + "]," + g + "]":             "1+0; 1+0",
		"[[[" + g + "]]]":                     "0+1",
		"":                                    "not a JSON list of spans: the body is empty",
		"<html>":                              `not a JSON list of spans: it begins with "<html>"`,
		g:                                     `not a JSON list of spans: it begins with "` + strings.ReplaceAll(g, `"`, `\"`) + `"`,
		"[" + g + "," + g[:9]:                 "1+0 unexpected EOF",
		"[[" + g + "],[" + g:                  "1+0; 1+0 unexpected EOF",
		"[" + g + "," + g + "," + g + "," + g + "]": "3+1",
		"[" + strings.Repeat("1,", 20) + "1]":       "0+9 more than 8 spans",
		"[[],[],[],[],[]]":                          "0+0; 0+0; 0+0; 0+0; 0+0 more than 4 lists",
	} {
		if got := shape(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestDecodeBoundsABodyWithoutEnd(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("["+good), repeat(","+good))
	got, err := Decode(endless, Limits{Bytes: 10_000})
	if err != nil || got.Cut != "longer than 10000 bytes" || len(got.Spans) < 200 {
		t.Errorf("%d spans, cut %q, %v", len(got.Spans), got.Cut, err)
	}
	got, err = Decode(io.MultiReader(strings.NewReader(`["`), repeat("a")), Limits{Bytes: 1 << 20})
	if err != nil || got.Cut == "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// repeat gives text over and over.
func repeat(text string) io.Reader { return &repeated{text: text} }

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	for n := range p {
		p[n] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(p), nil
}

func TestEncodeComesBack(t *testing.T) {
	in := []Span{
		{TraceID: "000000000000000a", ID: "000000000000000b", Name: "<a&b>\x1b[31m\u009b\u202e", Kind: Server, Timestamp: 1, Shared: true},
		{TraceID: "000000000000000a", ID: "000000000000000c", ParentID: "000000000000000b", LocalEndpoint: &Endpoint{ServiceName: "s", IPv6: "::1", Port: 80},
			Annotations: []Annotation{{Timestamp: 5, Value: "🚀"}}, Tags: map[string]string{"error": ""}},
	}
	var b bytes.Buffer
	if err := Encode(&b, in); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\u009b\u202e") {
		t.Errorf("unsafe: %q", b.String())
	}
	out, err := Decode(&b, Limits{})
	if err != nil || out.Repaired != 0 || cmp.Diff(in, out.Spans) != "" {
		t.Errorf("%v %s", err, cmp.Diff(in, out.Spans))
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"[" + good + "]", "[[" + good + "]," + good + ",1]", `[{"tags":{"a":null}}`, `[{"traceId":"1","id":"1","duration":1e400,"annotations":[{}]}]`, "[] [" + good + "]"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, in string, stream bool) {
		lists, err := DecodeLists(strings.NewReader(in), Limits{Stream: stream})
		if err != nil && len(lists) > 0 {
			t.Fatal("lists and an error")
		}
		for _, l := range lists {
			if len(l.Positions()) != len(l.Spans) || l.Repaired > len(l.Spans) {
				t.Fatalf("bad account: %+v", l)
			}
			var b bytes.Buffer
			if err := Encode(&b, l.Spans); err != nil {
				t.Fatal(err)
			}
			again, err := Decode(&b, Limits{})
			if err != nil || len(again.Spans) != len(l.Spans) || len(again.Refused) > 0 {
				t.Fatalf("%q does not come back: %v %+v", b.String(), err, again)
			}
		}
	})
}

// Lists that follow one another are read in a loop, however many there are, and only where that was asked for.
func TestListsThatFollowOneAnother(t *testing.T) {
	body := strings.Repeat("[]", 1_000_000) + "\n[" + good + "]\n"
	for _, stream := range []bool{true, false} {
		lists, err := DecodeLists(strings.NewReader(body), Limits{Stream: stream})
		if n := len(Join(lists...).Spans); err != nil || (n == 1) != stream {
			t.Errorf("stream %v: %d spans, %v", stream, n, err)
		}
	}
}

func BenchmarkDecode100k(b *testing.B) {
	var body bytes.Buffer
	spans := make([]Span, 100_000)
	for i := range spans {
		spans[i] = Span{TraceID: "4f1c9a2e4f1c9a2e4f1c9a2e4f1c9a2e", ID: fmt.Sprintf("%016x", i+1), ParentID: fmt.Sprintf("%016x", i/2+1), Kind: Server,
			Name: "get /forward", Timestamp: 1763719333412000 + int64(i), Duration: 151000,
			LocalEndpoint:  &Endpoint{ServiceName: "chain-link-service-3", IPv4: "10.1.0.14", Port: 8000},
			RemoteEndpoint: &Endpoint{IPv4: "10.1.0.13", Port: 39222},
			Tags:           map[string]string{"http.method": "GET", "http.path": "/forward", "http.status_code": "200"}}
	}
	if err := Encode(&body, spans); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(body.Len()))
	b.ReportAllocs()
	for b.Loop() {
		l, err := Decode(bytes.NewReader(body.Bytes()), Limits{})
		if err != nil || len(l.Spans) != len(spans) {
			b.Fatal(err)
		}
	}
}
