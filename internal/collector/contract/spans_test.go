//go:build zipkin

package contract

import (
	"fmt"
	"strings"
	"testing"
)

// TestSpansComeBack posts odd but valid spans, and compares what is kept of them.
func TestSpansComeBack(t *testing.T) {
	for i, fields := range []string{
		``, `"parentId":null,"kind":null,"name":null,"timestamp":null,"localEndpoint":null,"tags":null,"debug":null`,
		`"parentId":"1"`, `"parentId":"0"`, `"parentId":"0000000000000000"`, `"parentId":"2"`, `"parentId":22`,
		`"kind":"CLIENT","shared":true`, `"kind":"SERVER","shared":true`, `"shared":true,"debug":true`, `"shared":true,"shared":false`,
		`"shared":TRUE,"debug":False`, `"name":"GET /É"`, `"name":""`, `"name":"a","name":"b"`, `"name":5`, `"name":1.50`, `"name":-0`,
		`"timestamp":1,"duration":1`, `"timestamp":-1,"duration":-5`, `"timestamp":9223372036854775807,"duration":9223372036854775807`,
		`"timestamp":"1600000000000000"`, `"timestamp":1.6e15`, `"timestamp":"1.6e15"`, `"duration":" 7 "`, `"duration":"+7"`, `"duration":"7.0d"`,
		`"timestamp":-0,"duration":1.0`, `"timestamp":-9223372036854775808`, `"duration":1e-400`,
		`"localEndpoint":{}`, `"localEndpoint":{"serviceName":""}`, `"localEndpoint":{"serviceName":"AbC Ü"}`, `"localEndpoint":{"port":0}`,
		`"localEndpoint":{"port":-5}`, `"localEndpoint":{"port":"80"}`, `"localEndpoint":{"port":80.0}`, `"localEndpoint":{"other":{"x":[1]},"port":1}`,
		`"localEndpoint":{"serviceName":"a"},"localEndpoint":{"port":8}`, `"localEndpoint":{"serviceName":null,"ipv4":null,"port":null}`,
		`"annotations":[]`, `"annotations":[{"timestamp":2,"value":"b"},{"timestamp":1,"value":"z"},{"timestamp":1,"value":"a"},{"timestamp":2,"value":"b"}]`,
		`"annotations":[{"timestamp":0,"value":""},{"timestamp":-3,"value":"x","other":[]}]`, `"annotations":[{"timestamp":1,"value":"a"}],"annotations":[{"timestamp":0,"value":"b"}]`,
		`"tags":{}`, `"tags":{"":""}`, `"tags":{"b":"1","a":"2","b":"3","B":"4"}`, `"tags":{"n":5,"f":1.0,"e":1E5}`, `"tags":{"a":"1"},"tags":{"b":"2","a":"3"}`,
		`"tags":{"😀":"1","\uffee":"2","é":"3","e":"4","":"5"}`, `"tags":{"x":"` + "a\tb\x00c\x1f\x7f" + `\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\'"}`,
		`"tags":{"lone":"\ud83d","two":"\ude00\ud83d","pair":"\ud83dx\ude00","half":"\ud83d\u0041"}`, `"tags":{"html":"<a href='x'>&amp;</a>","del":"` + "\u0085" + `"}`,
		"\"tags\":{\"bad\":\"a\xffb\xc3\",\"cut\":\"\xe2\x82\",\"over\":\"\xc0\xaf\",\"sur\":\"\xed\xa0\x80\",\"four\":\"\xf0\x9f\x98\"}",
		`"tags":{"nl":"a\` + "\n" + `b"}`, `"other":{"a":[1,2,{"b":null}],"c":"d"},"more":[[],{}]`, `"name":"ΑΣ","localEndpoint":{"serviceName":"ΟΔΟΣ İ"}`,
	} {
		id := fmt.Sprintf("abc%04x", i)
		if fields != "" {
			fields = "," + fields
		}
		standard.post(t, id, fmt.Sprintf(`[{"traceId":"%s","id":"1"%s}]`, id, fields))
	}
}

func TestAddresses(t *testing.T) {
	for i, address := range []string{
		"", "1.2.3.4", "01.2.3.4", "001.002.003.004", "52.0.0.04", "256.1.1.1", "1.2.3", "1.2.3.4.5", "1.2.3.4 ", "a.b.c.d", "localhost", "1..2.3", "300.1.1.1", "1.2.3.299", "249.250.255.200",
		"::", "::1", "::2", "::1.2.3.4", "::ffff:1.2.3.4", "::FFFF:1.2.3.4", "::0000:1.2.3.4", "::0:1.2.3.4", "1::1.2.3.4", "::ffff:102:304", "2001:DB8::1", "2001:db8:0:0:1:0:0:1", "2001:0db8:0000:0000:0000:ff00:0042:8329",
		"1:0:2:3:4:5:6:7", "1:2:3:4:5:6:7:0", "1:0:3:4:5:6:0:0", "1:0:0:4:5:0:0:0", "fe80::1%eth0", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "1:", ":::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "12345::1", "g::1", "::1.2.3.400", "::ffff:1.2.3.4:5", "ff:1.2.3.4",
	} {
		for _, field := range []string{"ipv4", "ipv6"} {
			id := fmt.Sprintf("add%02x%s", i, strings.TrimPrefix(field, "ipv"))
			standard.post(t, id, fmt.Sprintf(`[{"traceId":"%s","id":"1","remoteEndpoint":{"%s":"%s"}}]`, id, field, address))
		}
	}
}

// TestIDs compares how ids are read, padded and told apart, in spans and in paths.
func TestIDs(t *testing.T) {
	standard.post(t, "1d5", `[{"traceId":"1d5","id":"1"},{"traceId":"00000000000001d5","id":"2"},`+
		`{"traceId":"000000000000000000000000000001d5","id":"3"},{"traceId":"a00000000000001d5","id":"4"},`+
		`{"traceId":"b00000000000001d5","id":"5"},{"traceId":"000b00000000000001d5","id":"6"},{"traceId":"1d5","id":"0"}]`)
	for _, id := range []string{"1d5", "%201d5%20", "00000000000001d5", "01d5", "a00000000000001d5", "b00000000000001d5", "000000000000000b00000000000001d5",
		"c00000000000001d5", "X", "1D5", "0", "00000000000000000000000000000000", "123456789012345678901234567890123", "%C3%A9", "1d5/", "a/b", "", "+1d5", "%2b", "1d5%0a", "%E2%80%83"} {
		standard.same(t, question{path: "/api/v2/trace/" + id}, question{path: "/zipkin/api/v2/trace/" + id})
	}
	for _, ids := range []string{"", "=", "=1d5", "=1d5,a00000000000001d5", "=a00000000000001d5,1d5", "=1d5,1d5", "=1d5,01d5", "=1d5,dead", "=dead,beef", "=1d5,", "=,", "=1d5,X",
		"=dead,b00000000000001d5,a00000000000001d5,1d5", "=1d5&traceIds=dead", "=1d5%2Cdead", "=1d5,%20dead", "=0,1"} {
		standard.same(t, question{path: "/api/v2/traceMany?traceIds" + ids})
	}
	standard.same(t, question{path: "/api/v2/traceMany"}, question{path: "/zipkin/api/v2/traceMany"})
}

// TestRepeatedSpans: an equal span is kept once, one that differs in anything twice.
func TestRepeatedSpans(t *testing.T) {
	one := `{"traceId":"4e9","id":"1","timestamp":1600000000000000,"tags":{"a":"b"}}`
	standard.post(t, "4e9", "["+one+","+one+`,{"traceId":"4e9","id":"1","timestamp":1600000000000000,"tags":{"a":"c"}}]`)
	standard.post(t, "4e9", `[{"traceId":"4e9","id":"1","timestamp":1600000000000001,"tags":{"a":"b"}},`+one+`]`)
}

// TestOrderWithinTrace: by millisecond in the order these came first, and as they came within one.
func TestOrderWithinTrace(t *testing.T) {
	at := func(id int, timestamp int) string {
		return fmt.Sprintf(`{"traceId":"04d","id":"%x","timestamp":%d}`, id, timestamp)
	}
	standard.post(t, "04d", "["+strings.Join([]string{at(1, 3000), at(2, 1000), at(3, 3999), at(4, 0), at(5, 1001), at(6, 5000), at(7, 999)}, ",")+"]")
	standard.post(t, "04d", "["+strings.Join([]string{at(8, 1002), at(9, 3500), at(10, 1)}, ",")+"]")
}
