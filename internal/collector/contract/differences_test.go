//go:build zipkin

package contract

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// difference is where the built-in collector answers otherwise on purpose. docs/collector.md gives the reason under the
// same name. Both answers are tested, so that the list stays true.
type difference struct {
	name            string
	question        question
	zipkin, builtin reply
}

var long = strings.Repeat("x", 3000)

func differences() []difference {
	list := `[{"traceId":"d1ff","id":"1"}]`
	packed := []string{"Content-Encoding", "gzip"}
	huge := "[" + strings.Repeat(" ", 11<<20) + "]"
	refused := func(status int, body string) reply {
		return reply{status, body, map[string]string{"Content-Type": "text/*"}}
	}
	plain := func(status int, body string) reply {
		return reply{status, body, map[string]string{"Content-Type": "text/plain; charset=utf-8"}}
	}
	accepted := reply{202, "", map[string]string{}}
	return []difference{
		{"A broken gzip body", question{body: gzipped(list)[:len(gzipped(list))-8], header: packed},
			accepted, refused(400, "Cannot gunzip spans")},
		{"A message of more than 10 MiB", question{body: huge},
			refused(500, "413 Request Entity Too Large"), plain(413, "413 Request Entity Too Large")},
		{"A message of more than 10 MiB", question{body: gzipped(huge), header: packed},
			accepted, plain(413, "413 Request Entity Too Large")},
		{"Ids of 17 to 31 digits", question{path: "/api/v2/trace/00000000000000d1ff1"},
			refused(404, "0000000000000000000000000000d1ff1"[1:]+" not found"), refused(404, "000000000000d1ff1"[1:]+" not found")},
		{"Digits of other scripts", question{path: "/api/v2/traces?serviceName=nobody&limit=%D9%A1"},
			reply{200, "[]", map[string]string{"Content-Type": "application/json"}}, refused(400, `For input string: "١"`)},
		{"A part of a protobuf message", question{body: "\x0a\x16\x0a\x08\x00\x00\x00\x00\x00\x00\xd1\xff\x1a\x08\x00\x00\x00\x00\x00\x00\x00\x01\x42\x02\x20\x01", header: protobuf},
			accepted, refused(400, "Truncated: length 2 > bytes available 0 reading List<Span> from proto3")},
		{"U+2028 and U+2029", question{path: "/api/v2/trace/d1ff2"},
			reply{200, `[{"traceId":"00000000000d1ff2","id":"0000000000000001","name":"é\u2028"}]` + "\x00\x00", map[string]string{"Content-Type": "application/json"}},
			reply{200, `[{"traceId":"00000000000d1ff2","id":"0000000000000001","name":"é\u2028"}]`, map[string]string{"Content-Type": "application/json"}}},
		{"Compression", question{path: "/api/v2/trace/d1ff3", header: []string{"Accept-Encoding", "br"}},
			reply{200, "", map[string]string{"Content-Type": "application/json", "Content-Encoding": "br"}},
			reply{200, `[{"traceId":"00000000000d1ff3","id":"0000000000000001","name":"` + long + `"}]`, map[string]string{"Content-Type": "application/json"}}},
		{"Not there", question{path: "/"}, reply{302, "", map[string]string{"Location": "/zipkin/"}}, plain(404, "404 Not Found")},
		{"Not there", question{method: "POST", path: "/api/v1/spans", body: "[]"}, accepted, plain(404, "404 Not Found")},
	}
}

func TestDifferences(t *testing.T) {
	odd := question{body: `[{"traceId":"d1ff2","id":"1","name":"é\u2028"},{"traceId":"d1ff3","id":"1","name":"` + long + `"}]`}
	standard.same(t, odd)
	for stored := (question{path: "/api/v2/trace/d1ff3"}); stored.ask(t, standard.zipkin.URL).Status != 200; {
		runtime.Gosched()
	}
	document, err := os.ReadFile("../../../docs/collector.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences() {
		if diff := cmp.Diff(d.question.ask(t, standard.zipkin.URL), d.zipkin); diff != "" {
			t.Errorf("%s: Zipkin (- is, + was):\n%s", d.name, diff)
		}
		if diff := cmp.Diff(d.question.ask(t, standard.builtin.URL), d.builtin); diff != "" {
			t.Errorf("%s: built-in (- is, + should be):\n%s", d.name, diff)
		}
		if !strings.Contains(string(document), d.name) {
			t.Errorf("docs/collector.md does not mention %q", d.name)
		}
	}
}
