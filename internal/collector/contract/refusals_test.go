//go:build zipkin

package contract

import (
	"strings"
	"testing"
)

// in wraps a span's fields into a list with valid ids.
func in(fields string) string { return `[{"traceId":"f00d","id":"1",` + fields + `}]` }

func TestRefusedLists(t *testing.T) {
	for _, body := range []string{
		`x`, `{}`, ` []`, "\n[]", `[`, `[]`, `[ ]`, `[],`, `[] x`, `[{`, `[{}`, `[{}]`, `[{},]`, `[,]`, `[1]`, `["a"]`, `[[]]`, `[null]`,
		`[true]`, `[tru]`, `{"traceId":"a","id":"1"}`, `"a"`, `null`, "\x0c\x00", "\x0b\x00", "\x0a\x01", "\x0a\x00",
		`[{"traceId":"f00d","id":"1"}`, `[{"traceId":"f00d","id":"1"},`, `[{"traceId":"f00d","id":"1"},]`,
		`[{"traceId":"f00d","id":"1"};{"traceId":"f00d","id":"1"}]`, `[{"traceId":"f00d","id":"1"} {"traceId":"f00d","id":"1"}]`,
		`[{"traceId":"f00d","id":"1",}]`, `[{"traceId":"f00d","id":"1",,}]`, `[{"traceId":"f00d" "id":"1"}]`,
		`[{"traceId" "f00d"}]`, `[{"traceId"="f00d"}]`, `[{traceId:"f00d"}]`, `[{'traceId':'f00d'}]`, `[{"traceId":f00d}]`,
		`[{"traceId":"f00d`, `[{"traceId":"f00d"`, `[{"traceId":`, `[{"traceId"`, `[{"trace`, `[{"traceId":"f00d",`,
		`[{"traceId":"f00d"}]`, `[{"id":"1"}]`, `[{"id":"1","traceId":null}]`, `[{"id":null,"traceId":"f00d"}]`,
		`[{"traceId":"","id":"1"}]`, `[{"traceId":"0","id":"1"}]`, `[{"traceId":"00000000000000000000000000000000","id":"1"}]`,
		`[{"traceId":"F00D","id":"1"}]`, `[{"traceId":"0xf0","id":"1"}]`, `[{"traceId":"f00d ","id":"1"}]`, `[{"traceId":"é","id":"1"}]`,
		`[{"traceId":"123456789012345678901234567890123","id":"1"}]`, `[{"traceId":"f00d","id":""}]`,
		`[{"traceId":"f00d","id":"0000000000000000"}]`, `[{"traceId":"f00d","id":"12345678901234567"}]`, `[{"traceId":"f00d","id":"G"}]`,
		in(`"parentId":""`), in(`"parentId":"12345678901234567"`), in(`"parentId":"X"`), in(`"parentId":{}`),
		in(`"kind":"FOO"`), in(`"kind":"client"`), in(`"kind":""`), in(`"kind":5`), in(`"kind":[]`), in(`"kind":true`),
		in(`"name":[]`), in(`"name":{}`), in(`"name":false`), in(`"name":"\x"`), in(`"name":"\u12"`), in(`"name":"\uD8"`), in(`"name":"\`),
		in(`"name":nul`), in(`"name":TRUE`), in(`"name":nulll`), in(`"name":/`), in(`"name":#`),
		in(`"timestamp":"x"`), in(`"timestamp":""`), in(`"timestamp":1.5`), in(`"timestamp":"1.5"`), in(`"timestamp":{}`),
		in(`"timestamp":true`), in(`"timestamp":01`), in(`"timestamp":1.`), in(`"timestamp":.5`), in(`"timestamp":1e`), in(`"timestamp":-`),
		in(`"timestamp":+1`), in(`"timestamp":99999999999999999999`), in(`"timestamp":NaN`), in(`"timestamp":"NaN"`), in(`"timestamp":1x`),
		in(`"duration":"5 6"`), in(`"duration":[]`), in(`"duration":1e400`), in(`"timestamp":"Infinity"`), in(`"timestamp":"0x10"`),
		in(`"localEndpoint":5`), in(`"localEndpoint":"a"`), in(`"localEndpoint":[]`), in(`"localEndpoint":{"port":65536}`),
		in(`"localEndpoint":{"port":"x"}`), in(`"localEndpoint":{"port":1.5}`), in(`"localEndpoint":{"port":3000000000}`),
		in(`"localEndpoint":{"port":"3000000000"}`), in(`"localEndpoint":{"port":{}}`), in(`"localEndpoint":{"serviceName":{}}`),
		in(`"localEndpoint":{"ipv4":[]}`), in(`"localEndpoint":{"ipv4":true}`), in(`"localEndpoint":{`),
		in(`"annotations":{}`), in(`"annotations":[5]`), in(`"annotations":[{}]`), in(`"annotations":[{"value":"x"}]`),
		in(`"annotations":[{"timestamp":1}]`), in(`"annotations":[{"timestamp":1,"value":"a"},{"timestamp":2}]`),
		in(`"annotations":[{"timestamp":null,"value":"a"}]`), in(`"annotations":[{"timestamp":1,"value":null}]`), in(`"annotations":[{"timestamp":1,"value":"a"}`),
		in(`"annotations":[null]`), in(`"annotations":"x"`),
		in(`"tags":[]`), in(`"tags":5`), in(`"tags":{"a":null}`), in(`"tags":{"a":{}}`), in(`"tags":{"a":[]}`), in(`"tags":{"a":true}`),
		in(`"tags":{"a.b":null}`), in(`"tags":{"a"}`), in(`"tags":{"é\n":null}`), in(`"tags":{"a":"b",}`),
		in(`"debug":"x"`), in(`"debug":1`), in(`"debug":{}`), in(`"shared":"true"`), in(`"shared":1.5`), in(`"shared":-0`),
		in(`"other":{`), in(`"other":[1,{"a":[}]`), in(`"other":'x'`), in(`"other":{"a":1 "b":2}`), in(`"other":x`),
		in("\"name\":\n\n  {}"), in("\"name\":\"a\nb\",\"kind\":\"X\",\n\"name\":{}"), in("\"name\":\"a\\nb\",\"duration\":\n {}"), in(`"é":"😀","name":{}`),
		in(`"binaryAnnotations":[]`), in(`"myAnnotations":[]`), in(`"Annotations":[]`), in(`"yAnnotations" :[]`),
		in(`"other":` + strings.Repeat("[", 252) + strings.Repeat("]", 252)), in(`"other":` + strings.Repeat("[", 253) + strings.Repeat("]", 253)),
		in(`"other":` + strings.Repeat("[", 254) + strings.Repeat("]", 254)), in(`"other":` + strings.Repeat(`{"a":`, 300) + "1" + strings.Repeat("}", 300)),
	} {
		standard.same(t, question{body: body})
	}
}

func TestRefusedMessages(t *testing.T) {
	list := `[{"traceId":"f00d","id":"1"}]`
	gzip := []string{"Content-Encoding", "gzip"}
	standard.same(t,
		question{name: "text as gzip", body: "hello", header: gzip},
		question{name: "a gzip's head", body: gzipped(list)[:5], header: gzip},
		question{name: "nothing, packed", body: gzipped(""), header: gzip},
		question{name: "an empty list, packed", body: gzipped("[]"), header: gzip},
		question{name: "a list, packed", body: gzipped(list), header: gzip},
		question{name: "a gzip not said to be one", body: gzipped(list)},
		question{name: "deflate is not known", body: list, header: []string{"Content-Encoding", "deflate"}},
		question{name: "no body", method: "POST", path: "/api/v2/spans"},
		question{name: "no body, said to be packed", method: "POST", path: "/api/v2/spans", header: gzip},
		question{name: "text", body: list, header: []string{"Content-Type", "text/plain"}},
		question{name: "no content type at all", body: list, header: []string{"Content-Type", ""}},
		question{name: "a content type that is none", body: list, header: []string{"Content-Type", "///"}},
		question{name: "JSON as protobuf", body: list, header: protobuf},
		question{name: "an empty list as protobuf", body: "[]", header: protobuf},
	)
}

var protobuf = []string{"Content-Type", "application/x-protobuf"}
