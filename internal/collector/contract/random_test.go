//go:build zipkin

package contract

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestDamagedLists damages a valid list in random places; both accept or refuse it with the same sentence.
func TestDamagedLists(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	valid := `[{"traceId":"da","id":"1","parentId":"2","kind":"CLIENT","name":"a","timestamp":15,"duration":2.0,` + "\n" +
		` "localEndpoint":{"serviceName":"b","ipv4":"1.2.3.4","ipv6":"::2","port":80}, "shared":true,"debug":false,` +
		`"annotations":[{"timestamp":1,"value":"c"}],"tags":{"d":"e","f":"\u00e9"},"x":[1,{"y":null}]},{"traceId":"db","id":"2"}]`
	pieces := []string{`"`, `{`, `}`, `[`, `]`, `,`, `:`, `null`, `true`, `1`, `-`, `.5`, `e1`, `\`, ` `, "\n", "\x00", "\x01", `'`, `/`, `é`, `""`, `{}`, `[]`, `0`, `x`, `NaN`, "\xff", `\u12`}
	for range 1500 {
		list := valid
		for range 1 + random.IntN(3) {
			i := 1 + random.IntN(len(list)-1)
			j := min(len(list), i+random.IntN(4))
			switch random.IntN(4) {
			case 0:
				list = list[:i]
			case 1:
				list = list[:i] + list[j:]
			case 2:
				list = list[:i] + pieces[random.IntN(len(pieces))] + list[i:]
			case 3:
				list = list[:i] + pieces[random.IntN(len(pieces))] + list[j:]
			}
			if len(list) < 3 {
				break
			}
		}
		standard.same(t, question{body: list})
	}
}

// TestRandomSearches asks random questions about random traces.
func TestRandomSearches(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	const start = day + 3_000_000_000
	for i := range 60 {
		id := fmt.Sprintf("5ea%04x", i)
		var spans []string
		for j := range 1 + random.IntN(6) {
			trace := id
			if random.IntN(4) == 0 {
				trace = fmt.Sprintf("%d%s%s", 1+random.IntN(2), strings.Repeat("0", 16-len(id)), id) // the same lower half
			}
			s := fmt.Sprintf(`{"traceId":"%s","id":"%x"`, trace, j+1)
			if random.IntN(8) > 0 {
				s += fmt.Sprintf(`,"timestamp":%d`, (start+int64(random.IntN(100)))*1000+int64(random.IntN(3)*400))
			}
			s += pick("", `,"parentId":"77"`, `,"parentId":"78"`)
			s += pick("", `,"duration":100`, `,"duration":200`, `,"duration":300`)
			s += pick("", `,"name":"n1"`, `,"name":"n2"`)
			s += pick("", `,"localEndpoint":{"serviceName":"r1"}`, `,"localEndpoint":{"serviceName":"r2"}`)
			s += pick("", `,"remoteEndpoint":{"serviceName":"r2"}`, `,"remoteEndpoint":{"serviceName":"r3"}`)
			s += pick("", `,"tags":{"k":"v"}`, `,"tags":{"k":"w","l":""}`)
			s += pick("", `,"annotations":[{"timestamp":1,"value":"k"}]`, `,"annotations":[{"timestamp":1,"value":"l"}]`)
			spans = append(spans, s+"}")
		}
		standard.post(t, id, "["+strings.Join(spans, ",")+"]")
	}
	for range 600 {
		q := fmt.Sprintf("/api/v2/traces?endTs=%d&lookback=%d&limit=%d", start+int64(random.IntN(120)), 1+random.IntN(120), 1+random.IntN(30))
		q += pick("", "&serviceName=r1", "&serviceName=r2", "&serviceName=r3") + pick("", "", "&remoteServiceName=r2", "&remoteServiceName=r3")
		q += pick("", "", "&spanName=n1", "&spanName=n2") + pick("", "", "&minDuration=150", "&minDuration=100&maxDuration=250", "&minDuration=300&maxDuration=300")
		q += pick("", "", "&annotationQuery=k", "&annotationQuery=k=v", "&annotationQuery=k=w%20and%20l", "&annotationQuery=l%20and%20k=v", "&annotationQuery=l=")
		standard.same(t, question{path: q})
	}
}
