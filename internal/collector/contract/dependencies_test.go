//go:build zipkin

package contract

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestDependencies counts the links of many small random traces: every kind, shared halves, names on either side or none.
func TestDependencies(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	const start = day + 1_000_000_000
	for i := range 150 {
		var spans []string
		for j := 1; j <= 1+random.IntN(6); j++ {
			s := fmt.Sprintf(`{"traceId":"de%04x","id":"%x","timestamp":%d`, i, j, (start+int64(i)*10_000)*1000+int64(j))
			if j > 1 {
				s += fmt.Sprintf(`,"parentId":"%x"`, 1+random.IntN(j-1))
			}
			if kind := pick("", "CLIENT", "SERVER", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"); kind != "" {
				s += `,"kind":"` + kind + `"`
			}
			for _, side := range []string{"local", "remote"} {
				if service := pick("", "a", "b", "c", "d"); service != "" {
					s += `,"` + side + `Endpoint":{"serviceName":"dep-` + service + `"}`
				}
			}
			s += pick("", "", "", `,"tags":{"error":""}`)
			spans = append(spans, s+"}")
		}
		standard.post(t, fmt.Sprintf("de%04x", i), "["+strings.Join(spans, ",")+"]")
		standard.same(t, question{name: "links of " + strings.Join(spans, "\n"), sorted: true,
			path: fmt.Sprintf("/api/v2/dependencies?endTs=%d&lookback=5", start+int64(i)*10_000+2)})
	}
	standard.same(t, question{sorted: true, path: fmt.Sprintf("/api/v2/dependencies?endTs=%d&lookback=%d", start+2_000_000, 3_000_000)},
		question{sorted: true, path: fmt.Sprintf("/zipkin/api/v2/dependencies?endTs=%d", start+2_000_000)})
}
