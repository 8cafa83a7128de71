//go:build zipkin

package contract

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

// day is an hour long ago, in milliseconds: what is posted around it is met by no other test's windows.
const day = 1_500_000_000_000

// shop is four traces, one second apart: a frontend calls a backend, which calls a database.
func shop() string {
	var spans []string
	for i := range 4 {
		at := (day + int64(i)*1000) * 1000
		add := func(id, parent int, kind, name, service, remote string, duration int, more string) {
			s := fmt.Sprintf(`{"traceId":"54%02x","id":"%x","kind":"%s","name":"%s","timestamp":%d,"duration":%d`, i, id, kind, name, at+int64(id), duration)
			if parent > 0 {
				s += fmt.Sprintf(`,"parentId":"%x"`, parent)
			}
			s += `,"localEndpoint":{"serviceName":"` + service + `"}`
			if remote != "" {
				s += `,"remoteEndpoint":{"serviceName":"` + remote + `"}`
			}
			spans = append(spans, s+more+"}")
		}
		more := ""
		if i%2 == 1 {
			more = `,"tags":{"error":"","http.method":"POST","a":"b and c"},"annotations":[{"timestamp":1,"value":"retry"},{"timestamp":2,"value":"a=b"}]`
		}
		add(1, 0, "SERVER", "get /", "shop-front", "", 1000*(i+1), `,"tags":{"http.path":"/","environment":"prod","zone":"z`+fmt.Sprint(i)+`"}`)
		add(2, 1, "CLIENT", "get /items", "shop-front", "shop-back", 900*(i+1), "")
		add(2, 1, "SERVER", "Get /Items", "Shop-Back", "", 800*(i+1), `,"shared":true`)
		add(3, 2, "CLIENT", "select", "shop-back", "shop-db", 700*(i+1), more)
	}
	return "[" + strings.Join(spans, ",") + "]"
}

func TestSearch(t *testing.T) {
	standard.post(t, "5403", shop())
	standard.post(t, "0575", `[{"traceId":"0575","id":"1","localEndpoint":{"serviceName":"shop-timeless"},"tags":{"error":"x"}}]`)
	window := fmt.Sprintf("endTs=%d&lookback=10000", day+5000)
	for _, query := range []string{
		"", "limit=2", "limit=1", "serviceName=shop-front", "serviceName=SHOP-Front", "serviceName=", "serviceName=none", "serviceName=shop-db",
		"remoteServiceName=shop-db", "remoteServiceName=Shop-DB", "remoteServiceName=shop-front", "serviceName=shop-front&remoteServiceName=shop-back",
		"serviceName=shop-front&remoteServiceName=shop-db", "spanName=get /", "spanName=GET /items", "spanName=all", "spanName=ALL", "spanName=", "serviceName=shop-back&spanName=get /items",
		"serviceName=shop-back&spanName=get /", "annotationQuery=error", "annotationQuery=error=", "annotationQuery=retry", "annotationQuery=http.method=POST", "annotationQuery=http.method=post",
		"annotationQuery=http.method", "annotationQuery=error and retry", "annotationQuery=error and http.path=/", "annotationQuery=http.path=/x and http.path=/", "annotationQuery=http.path=/ and http.path=/x",
		"annotationQuery=http.path=/ and http.path", "annotationQuery=http.path and http.path=/x", "annotationQuery=a=b", "annotationQuery=a=b and c", "annotationQuery= error ", "annotationQuery=error = ",
		"annotationQuery=error  and  retry", "annotationQuery=error AND retry", "annotationQuery=and", "annotationQuery= and ", "annotationQuery=", "annotationQuery==", "annotationQuery==x", "annotationQuery=error and ", "annotationQuery= and error",
		"annotationQuery=a==b", "annotationQuery=serviceName", "annotationQuery=" + strings.Repeat("error and ", 120) + "nothing",
		"serviceName=shop-front&annotationQuery=error", "serviceName=shop-back&annotationQuery=error",
		"minDuration=3000", "minDuration=4000", "minDuration=4001", "minDuration=1000&maxDuration=1000", "minDuration=1&maxDuration=700", "minDuration=1&maxDuration=699", "minDuration=700&maxDuration=750",
		"serviceName=shop-front&minDuration=3700", "serviceName=shop-back&minDuration=3000&maxDuration=3500", "serviceName=shop-back&minDuration=3300",
	} {
		q := url.Values{}
		for _, pair := range strings.Split(query, "&") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				q.Set(name, value)
			}
		}
		standard.same(t, question{path: "/api/v2/traces?" + window + "&" + q.Encode()})
	}
	for _, query := range []string{
		fmt.Sprintf("endTs=%d&lookback=1", day), fmt.Sprintf("endTs=%d&lookback=1000", day+1000), fmt.Sprintf("endTs=%d&lookback=999", day+2000), fmt.Sprintf("endTs=%d&lookback=1", day+1),
		fmt.Sprintf("endTs=%d&lookback=%d", day+5000, int64(1)<<62), "endTs=9223372036854775807&lookback=9223372036854775807&limit=1", "endTs=9223372036854775&lookback=9223372036854775&limit=2147483647&serviceName=shop-back",
		"endTs=1&lookback=1", "endTs=1000&lookback=5000", "limit=5&lookback=1",
	} {
		standard.same(t, question{path: "/api/v2/traces?" + query})
	}
}

// TestRefusedQueries: each parameter, wrong in each way, and which of two errors is told.
func TestRefusedQueries(t *testing.T) {
	for _, name := range []string{"limit", "endTs", "lookback", "minDuration", "maxDuration"} {
		for _, value := range []string{"", "0", "-1", "abc", "1.5", "99999999999999999999", "2147483648", "+1", "%201", "1e3", "0x1", "1_000"} {
			standard.same(t, question{path: "/api/v2/traces?serviceName=nobody&" + name + "=" + value})
		}
	}
	for _, query := range []string{"minDuration=5&maxDuration=4", "maxDuration=5", "maxDuration=0&minDuration=1", "minDuration=0&maxDuration=0", "limit=0&endTs=0", "lookback=0&limit=0", "minDuration=x&limit=y",
		"limit=y&minDuration=x", "minDuration=-1&limit=0", "limit=1&limit=x", "limit=x&limit=1", "limit", "&&", "a=b", "serviceName=%zz", "limit=0%", "limit=0;endTs=5", "serviceName=a+b"} {
		standard.same(t, question{path: "/api/v2/traces?" + query}, question{path: "/zipkin/api/v2/traces?" + query})
	}
	for _, path := range []string{
		"/dependencies", "/dependencies?endTs=0", "/dependencies?endTs=x", "/dependencies?endTs=1&lookback=0", "/dependencies?endTs=1&lookback=x", "/dependencies?endTs=-1&lookback=-1", "/dependencies?lookback=5", "/dependencies?endTs=5&lookback=5", "/dependencies?endTs=",
		"/spans", "/spans?serviceName=", "/spans?serviceName=nobody", "/spans?servicename=x", "/remoteServices", "/remoteServices?serviceName=", "/remoteServices?serviceName=nobody",
		"/autocompleteValues", "/autocompleteValues?key=", "/autocompleteValues?key=nothing",
	} {
		standard.same(t, question{path: "/api/v2" + path}, question{path: "/zipkin/api/v2" + path})
	}
}

func TestNames(t *testing.T) {
	standard.post(t, "5403", shop())
	standard.post(t, "a3e5", `[{"traceId":"a3e5","id":"1","localEndpoint":{"serviceName":"é\"\\<"},"name":"<\"&>"},`+
		`{"traceId":"a3e5","id":"2","localEndpoint":{"serviceName":"😀"},"remoteEndpoint":{"serviceName":"\uffee"}},`+
		`{"traceId":"a3e5","id":"3","localEndpoint":{"serviceName":"\uffee"},"name":"\u0001\u007f\u001f\n\u2028\t/"},{"traceId":"a3e5","id":"4","name":"no service","remoteEndpoint":{"serviceName":"no local"}}]`)
	for _, path := range []string{"/services", "/spans?serviceName=shop-front", "/spans?serviceName=SHOP-BACK", "/remoteServices?serviceName=shop-front", "/remoteServices?serviceName=%F0%9F%98%80",
		"/spans?serviceName=%C3%A9%22%5C%3C", "/spans?serviceName=%EF%BF%AE", "/spans?serviceName=a&serviceName=shop-front",
		"/autocompleteKeys", "/autocompleteValues?key=zone", "/autocompleteValues?key=environment", "/autocompleteValues?key=http.path"} {
		standard.same(t, question{path: "/api/v2" + path}, question{path: "/zipkin/api/v2" + path})
	}
}

// TestCompression: from 2048 bytes on, if asked for.
func TestCompression(t *testing.T) {
	for i, size := range []int{1960, 1966, 1967, 1968, 1969, 1970, 1980, 2100, 70000, 400000} {
		id := fmt.Sprintf("c0%02x", i)
		standard.post(t, id, fmt.Sprintf(`[{"traceId":"%s","id":"1","name":"%s"}]`, id, strings.Repeat("x", size)))
		for _, accept := range []string{"gzip", "gzip, deflate", "GZIP", "gzip;q=0", "deflate;q=0.5, gzip;q=0.8", "identity", "*;q=0", "gzip;q=0.1, identity;q=0.5"} {
			standard.same(t, question{name: fmt.Sprint(size, " ", accept), path: "/api/v2/trace/" + id, header: []string{"Accept-Encoding", accept}})
		}
	}
}

func TestDefaultWindow(t *testing.T) {
	now := time.Now().UnixMicro()
	standard.post(t, "0e30", fmt.Sprintf(`[{"traceId":"0e30","id":"1","timestamp":%d,"localEndpoint":{"serviceName":"just-now"}}]`, now-1000))
	standard.post(t, "0e31", fmt.Sprintf(`[{"traceId":"0e31","id":"1","timestamp":%d,"localEndpoint":{"serviceName":"just-now"}}]`, now-86_500_000_000))
	standard.post(t, "0e32", fmt.Sprintf(`[{"traceId":"0e32","id":"1","timestamp":%d,"localEndpoint":{"serviceName":"just-now"}}]`, now+60_000_000))
	standard.same(t, question{path: "/api/v2/traces?serviceName=just-now"}, question{path: "/api/v2/traces?serviceName=just-now&lookback=100000000"})
	for range 12 {
		now -= 1000
		id := fmt.Sprintf("%x", now)
		standard.post(t, id, fmt.Sprintf(`[{"traceId":"%s","id":"1","timestamp":%d,"localEndpoint":{"serviceName":"just-now"}}]`, id, now))
	}
	standard.same(t, question{path: "/api/v2/traces?serviceName=just-now"})
}
