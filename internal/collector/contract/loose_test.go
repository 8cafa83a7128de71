//go:build zipkin

package contract

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// displace fills both with one trace, which is as much as they take, so that nothing of other tests is left.
func displace(t *testing.T, trace string, at int64) {
	t.Helper()
	spans := make([]string, 20)
	for i := range spans {
		spans[i] = fmt.Sprintf(`{"traceId":"%s","id":"%x","timestamp":%d}`, trace, i+1, at*1000)
	}
	small.post(t, trace, "["+strings.Join(spans, ",")+"]")
}

// TestLooseIDs: without strict trace ids, what shares the lower 64 bits is one trace.
func TestLooseIDs(t *testing.T) {
	displace(t, "f1", day)
	at := int64(day) * 1000
	small.post(t, "100e", fmt.Sprintf(`[{"traceId":"100e","id":"1","timestamp":%d},{"traceId":"a000000000000100e","id":"2","timestamp":%d},`+
		`{"traceId":"b000000000000100e","id":"3","timestamp":%d,"localEndpoint":{"serviceName":"loose"}}]`, at, at, at+1000))
	small.post(t, "100f", `[{"traceId":"100f","id":"1"}]`)
	for _, path := range []string{"/trace/100e", "/trace/a000000000000100e", "/trace/c000000000000100e", "/traceMany?traceIds=100e,a000000000000100e", "/traceMany?traceIds=b000000000000100e,100f",
		"/traceMany?traceIds=100f,dead", "/services", fmt.Sprintf("/traces?endTs=%d", day+10), fmt.Sprintf("/traces?serviceName=loose&endTs=%d", day+10)} {
		small.same(t, question{path: "/api/v2" + path})
	}
}

// TestEviction fills both beyond their 20 spans, again and again, and compares which traces are left.
func TestEviction(t *testing.T) {
	displace(t, "f2", day+8_000_000)
	random := rand.New(rand.NewPCG(3, 4))
	at := int64(day + 5_000_000)
	all := fmt.Sprintf("/api/v2/traces?limit=100&endTs=%d&lookback=10000000", day+9_000_000)
	for i := range 80 {
		trace := fmt.Sprintf("e%04x", random.IntN(60))
		var spans []string
		for j := range 1 + random.IntN(7) {
			s := fmt.Sprintf(`{"traceId":"%s","id":"%x%x","localEndpoint":{"serviceName":"svc-%d"}`, trace, i+1, j, random.IntN(30))
			if random.IntN(20) > 0 {
				s += fmt.Sprintf(`,"timestamp":%d`, (at+int64(random.IntN(1000)*100))*1000)
			}
			spans = append(spans, s+"}")
		}
		small.post(t, trace, "["+strings.Join(spans, ",")+"]")
		small.same(t, question{path: all}, question{path: "/api/v2/services"})
	}
}
