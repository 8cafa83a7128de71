package zipkin

import (
	"net/url"
	"strconv"
	"time"
)

// Query is what GET /api/v2/traces searches for. A zero field is not asked for, and the server's default holds.
//
// What the server means by it: names are compared in lower case; AnnotationQuery's terms are joined by " and ", each a tag
// "key=value", a tag's key, or an annotation's value, and may match on different spans; the durations test any span of the
// service, not the trace; the window tests the root's timestamp. Limit gives the traces newest by their latest span
// before End, not the slowest.
type Query struct {
	ServiceName       string
	RemoteServiceName string
	SpanName          string
	AnnotationQuery   string
	MinDuration       time.Duration
	MaxDuration       time.Duration // valid only with MinDuration
	End               time.Time     // end of the window, in milliseconds; the server's default is now
	Lookback          time.Duration // length of the window, in milliseconds; the server's default is a day
	Limit             int           // traces; the server's default is 10
}

// Values is q as the query parameters of the API.
func (q Query) Values() url.Values {
	v := url.Values{}
	text := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	number := func(key string, n int64) {
		if n != 0 {
			v.Set(key, strconv.FormatInt(n, 10))
		}
	}
	text("serviceName", q.ServiceName)
	text("remoteServiceName", q.RemoteServiceName)
	text("spanName", q.SpanName)
	text("annotationQuery", q.AnnotationQuery)
	number("minDuration", q.MinDuration.Microseconds())
	number("maxDuration", q.MaxDuration.Microseconds())
	if !q.End.IsZero() {
		number("endTs", q.End.UnixMilli())
	}
	number("lookback", q.Lookback.Milliseconds())
	number("limit", int64(q.Limit))
	return v
}
