package wire

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// list writes spans as a message.
func list(spans []Span) []byte {
	out := []byte{'['}
	for i := range spans {
		if i > 0 {
			out = append(out, ',')
		}
		out = AppendJSON(out, &spans[i])
	}
	return append(out, ']')
}

const whole = `[{"traceId":"a00000000000000b","parentId":"0000000000000002","id":"0000000000000001","kind":"SERVER","name":"get /",` +
	`"timestamp":5,"duration":6,"localEndpoint":{"serviceName":"a","ipv4":"1.2.3.4","ipv6":"2001:db8::1","port":80},` +
	`"remoteEndpoint":{"serviceName":"b"},"annotations":[{"timestamp":-1,"value":"é"},{"timestamp":2,"value":"x"}],` +
	`"tags":{"":"","k":"\"\\\n\u0001"},"debug":true,"shared":true}]`

func TestSpanComesBackAsItWas(t *testing.T) {
	spans, err := DecodeJSON([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, string(list(spans))); diff != "" {
		t.Error(diff)
	}
}

// TestRefusals has one sentence of each kind; the contract with a real server has all.
func TestRefusals(t *testing.T) {
	for body, want := range map[string]string{
		`{}`:                    "Expected a JSON_V2 encoded list\n",
		`[{"traceId":"a"}]`:     "Missing : id reading List<Span> from json",
		`[{"traceId":"A"`:       "A should be lower-hex encoded with no prefix reading List<Span> from json",
		`[{"kind":"FOO"}]`:      "No enum constant zipkin2.Span.Kind.FOO reading List<Span> from json",
		`[{"tags":{"a":null}}]`: "No value at $[0].tags.a reading List<Span> from json",
		`[{} {}]`:               "Missing : traceId id reading List<Span> from json",
		`[{"name":{}}]`: "Expected a string but was BEGIN_OBJECT at line 1 column 11 path $[0].name\nSee " +
			"https://github.com/google/gson/blob/main/Troubleshooting.md#unexpected-json-structure reading List<Span> from json",
		"[{\"x\":\n 1": "End of input at line 2 column 3 path $[0].x reading List<Span> from json",
	} {
		if _, err := DecodeJSON([]byte(body)); err == nil || err.Error() != want {
			t.Errorf("%s: %q, want %q", body, err, want)
		}
	}
}

func TestJavaOrder(t *testing.T) {
	sorted := []string{"", "a", "aa", "b", "é", "\U0001F600", "\uE000", "\uFFEE"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := CompareJava(a, b); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%q and %q: %d", a, b, got)
			}
		}
	}
}

// FuzzDecodeJSON: nothing panics, and what is taken is written so that it is read as the same.
func FuzzDecodeJSON(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`[{"traceId":"1","id":"1","tags":{"😀":"\ud83d","\uffee":"\ud83d\ude00"},"timestamp":"1e5","x":[{"y":null}]}]`))
	f.Add([]byte("[" + strings.Repeat("[", 300)))
	f.Add([]byte("[{\"name\":\"\xe2\x82\",\"localEndpoint\":{\"ipv6\":\"::ffff:1.2.3.4\",\"port\":-1}}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		spans, err := DecodeJSON(body)
		if err != nil || len(spans) == 0 || slices.ContainsFunc(spans, func(s Span) bool { return s.ID == 0 }) {
			return // the id "0" is taken, but not as it is then written
		}
		written := list(spans)
		again, err := DecodeJSON(written)
		if err != nil && !strings.Contains(err.Error(), "JSON_V1") { // a tag can look like a field of v1
			t.Fatalf("%s: %v", written, err)
		}
		if err == nil && string(list(again)) != string(written) {
			t.Errorf("%s\nbecame\n%s", written, list(again))
		}
	})
}

// FuzzDecodeProto: nothing panics, and what is taken can be written and read as JSON.
func FuzzDecodeProto(f *testing.F) {
	f.Add([]byte("\x0a\x14\x0a\x08\x00\x00\x00\x00\x00\x00\x00\x01\x1a\x08\x00\x00\x00\x00\x00\x00\x00\x01"))
	f.Add([]byte("\x0a\x1e\x0a\x08\x00\x00\x00\x00\x00\x00\x00\x01\x1a\x08\x00\x00\x00\x00\x00\x00\x00\x01\x42\x08\x0a\x01A\x12\x04\x01\x02\x03\x04"))
	f.Fuzz(func(t *testing.T, body []byte) {
		spans, err := DecodeProto(body)
		if err != nil || len(spans) == 0 || slices.ContainsFunc(spans, func(s Span) bool { return s.ID == 0 }) {
			return
		}
		if _, err := DecodeJSON(list(spans)); err != nil && !strings.Contains(err.Error(), "JSON_V1") {
			t.Errorf("%s: %v", list(spans), err)
		}
	})
}
