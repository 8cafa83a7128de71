package zipkin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve answers with h and returns a client whose base has a path of its own, as behind a proxy.
func serve(t *testing.T, h http.HandlerFunc) *API {
	t.Helper()
	srv := httptest.NewServer(http.StripPrefix("/proxy", h))
	transport := &http.Transport{}
	t.Cleanup(func() { transport.CloseIdleConnections(); srv.Close() })
	api, err := NewAPI(srv.URL+"/proxy/", transport, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func fail(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// list is a trace whose one span has that id and timestamp.
func list(id int, ts int64) string {
	return fmt.Sprintf(`[{"traceId":"%x","id":"1","timestamp":%d}]`, id, ts)
}

func TestQueryAsTheAPIWantsIt(t *testing.T) {
	var got string
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.Path + "?" + r.URL.RawQuery
		_, _ = io.WriteString(w, "[]")
	})
	_, err := api.Traces(t.Context(), Query{ServiceName: "a b", RemoteServiceName: "c", SpanName: "d", AnnotationQuery: "error and k=v", MinDuration: 1500 * time.Microsecond,
		MaxDuration: time.Second, End: time.UnixMilli(1234567), Lookback: time.Hour, Limit: 7})
	want := "/api/v2/traces?annotationQuery=error+and+k%3Dv&endTs=1234567&limit=7&lookback=3600000&maxDuration=1000000&minDuration=1500&remoteServiceName=c&serviceName=a+b&spanName=d"
	if err != nil || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}

func TestNamesAndLinks(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.String() {
		case "/api/v2/services":
			_, _ = io.WriteString(w, `["a","b"]`)
		case "/api/v2/dependencies?endTs=5&lookback=60000":
			_, _ = io.WriteString(w, `[{"parent":"a","child":"b","callCount":3,"errorCount":1}]`)
		default:
			http.NotFound(w, r)
		}
	})
	services, err := api.Services(t.Context())
	if err != nil || !slices.Equal(services, []string{"a", "b"}) {
		t.Errorf("%v, %v", services, err)
	}
	links, err := api.Dependencies(t.Context(), Query{End: time.UnixMilli(5), Lookback: time.Minute})
	if err != nil || !slices.Equal(links, []Link{{"a", "b", 3, 1}}) {
		t.Errorf("%v, %v", links, err)
	}
}

func TestAServerThatIgnoresLimitAndOrder(t *testing.T) {
	api := serve(t, answer("["+list(1, 10)+","+list(2, 30)+`,[{"id":"no trace"}],`+list(3, 20)+"]"))
	got, err := api.Traces(t.Context(), Query{Limit: 2})
	if err != nil || len(got.Traces) != 2 || !got.Full {
		t.Fatalf("%+v, %v", got, err)
	}
	if a, b := got.Traces[0].Spans[0].Timestamp, got.Traces[1].Spans[0].Timestamp; a != 30 || b != 20 {
		t.Errorf("order: %d, %d", a, b)
	}
}

func TestDeeperSlidesTheWindow(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, r *http.Request) { // one trace a millisecond, from 1 to 10; the newest 4 before endTs
		var end, lookback int64
		_, _ = fmt.Sscan(r.URL.Query().Get("endTs"), &end)
		_, _ = fmt.Sscan(r.URL.Query().Get("lookback"), &lookback)
		var out []string
		for ms := min(end, 10); ms >= max(1, end-lookback) && len(out) < 4; ms-- {
			out = append(out, list(int(ms), ms*1000))
		}
		_, _ = io.WriteString(w, "["+strings.Join(out, ",")+"]")
	})
	var got []string
	err := Deeper(t.Context(), api, Query{End: time.UnixMilli(100), Lookback: 99 * time.Millisecond, Limit: 4}, 10, func(s Search) bool {
		for _, l := range s.Traces {
			got = append(got, strings.TrimLeft(l.Spans[0].TraceID, "0"))
		}
		return true
	})
	if want := "a 9 8 7 6 5 4 3 2 1"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%v %v", got, err)
	}
}

// stored are traces from begin to their latest span, in ms, asked for as Zipkin answers.
type stored [][2]int

func (s stored) Traces(_ context.Context, q Query) (Search, error) {
	var found Search
	for i, t := range s {
		if begin := int64(t[0]); begin <= q.End.UnixMilli() && begin >= q.End.Add(-q.Lookback).UnixMilli() {
			id := fmt.Sprint(i)
			found.Traces = append(found.Traces, List{Spans: []Span{{TraceID: id, Timestamp: begin * 1000}, {TraceID: id, Timestamp: int64(t[1]) * 1000}}})
		}
	}
	slices.SortFunc(found.Traces, func(a, b List) int { return int(latest(b) - latest(a)) })
	if found.Full = len(found.Traces) >= q.Limit; found.Full {
		found.Traces = found.Traces[:q.Limit]
	}
	return found, nil
}

// A long trace on a page does not hide the short ones that ran beside it.
func TestDeeperLosesNone(t *testing.T) {
	short := stored{}
	for ms := 1; ms < 100; ms++ {
		short = append(short, [2]int{ms, ms + 1})
	}
	for name, server := range map[string]stored{
		"short":            short,
		"one long":         append(stored{{2, 99}}, short...),
		"long ones":        append(stored{{2, 99}, {3, 98}, {50, 97}, {51, 96}, {1, 60}}, short...),
		"a page that long": append(stored{{90, 99}, {91, 99}, {92, 99}, {93, 99}}, short...),
	} {
		got := map[string]bool{}
		err := Deeper(t.Context(), server, Query{End: time.UnixMilli(200), Lookback: 199 * time.Millisecond, Limit: 4}, 1000, func(s Search) bool {
			for _, l := range s.Traces {
				if got[l.Spans[0].TraceID] {
					t.Errorf("%s: %s comes twice", name, l.Spans[0].TraceID)
				}
				got[l.Spans[0].TraceID] = true
			}
			return true
		})
		if err != nil || len(got) != len(server) {
			t.Errorf("%s: %d of %d, %v", name, len(got), len(server), err)
		}
	}
}

func TestTraceAndMany(t *testing.T) {
	var asked []string
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		switch {
		case strings.Contains(r.URL.Path, "Many"):
			_, _ = io.WriteString(w, "["+list(1, 1)+","+list(2, 2)+"]")
		case strings.HasSuffix(r.URL.Path, "0001"):
			_, _ = io.WriteString(w, list(1, 1))
		default:
			fail(404, "000000000000000f not found")(w, r)
		}
	})
	one, err := api.Trace(t.Context(), " 1 ")
	if err != nil || len(one.Spans) != 1 {
		t.Errorf("%+v, %v", one, err)
	}
	_, err = api.Trace(t.Context(), "f")
	if !errors.Is(err, ErrNotFound) || err.Error() != "the collector answers 404: 000000000000000f not found" {
		t.Errorf("%v", err)
	}
	for ids, want := range map[string]int{"": 0, "1": 1, "f": 0, "1 1": 1, "1 2": 2} {
		got, err := api.TraceMany(t.Context(), strings.Fields(ids))
		if err != nil || len(got) != want {
			t.Errorf("%q: %d, %v", ids, len(got), err)
		}
	}
	if _, err = api.Trace(t.Context(), "x\x1b[m"); err == nil || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%v", err)
	}
	if last := asked[len(asked)-1]; !strings.Contains(strings.Join(asked, " "), "traceIds=0000000000000001%2C0000000000000002") {
		t.Errorf("asked %v", last)
	}
}

func TestErrorsAreKeptAsTextAndSafe(t *testing.T) {
	for _, c := range []struct {
		h    http.HandlerFunc
		want string
	}{
		{fail(400, "limit <= 0"), "the collector answers 400: limit <= 0"},
		{fail(503, ""), "the collector answers 503: Service Unavailable"},
		{fail(500, "\x1b]0;x\x07\x1b[31ma\nb\u202e"), "the collector answers 500: a b"},
		{answer("<html>\n<b>sign in</b>\x1b[2J"), "sign in"},
		{answer(`{"kind":"Status","message":"no endpoints"}`), "no endpoints"},
		{fail(500, strings.Repeat("é", 5000)), "éé…"},
	} {
		_, err := serve(t, c.h).Traces(t.Context(), Query{})
		var status *StatusError
		if !errors.As(err, &status) || !strings.Contains(err.Error(), c.want) || strings.ContainsAny(err.Error(), "\x1b\u202e\n") {
			t.Errorf("%q\nis not %q", err, c.want)
		}
		if _, err := serve(t, c.h).Services(t.Context()); !errors.As(err, &status) {
			t.Errorf("services: %v", err)
		}
	}
}

func TestContextEndsABodyWithoutEnd(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "["+list(1, 1))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := api.Traces(ctx, Query{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestABrokenBodyGivesWhatWasRead(t *testing.T) {
	got, err := serve(t, answer("["+list(1, 1)+","+list(2, 2)[:20])).Traces(t.Context(), Query{})
	if err != nil || len(got.Traces) != 1 || got.Cut == "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestURLs(t *testing.T) {
	for in, want := range map[string]string{
		"localhost:9411":              "http://localhost:9411/api/v2/services",
		"http://h/zipkin/":            "http://h/zipkin/api/v2/services",
		"https://h:1/a/proxy/api/v2/": "https://h:1/a/proxy/api/v2/services",
	} {
		api, err := NewAPI(in, nil, Limits{})
		if err != nil || api.where("/api/v2/services", nil) != want {
			t.Errorf("%s: %v", in, err)
		}
	}
	for _, in := range []string{"", "ftp://h", "http://", "http://a b"} {
		if _, err := NewAPI(in, nil, Limits{}); err == nil {
			t.Errorf("%q is taken", in)
		}
	}
}
