package traffic

import (
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// visit is one request that a trace's service got: its row, with those of the same service right below it. Where the
// halves of a call share no id (OpenTelemetry), a link has a row for the request that it got, and one for that which it
// sent on: they are one request.
type visit struct {
	service string
	row     *traces.Row // the first
	self    int64       // µs of the service's own: not of what it waits for
	failed  bool
	origin  *traces.Row // where the failure begins, when that is here
}

// visits are a trace's, in the order of its rows.
func visits(t *traces.Trace) []*visit {
	var out []*visit
	at := make([]*visit, len(t.Rows)) // of each row; where its service is unknown, that of the row above
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Parent >= 0 {
			at[i] = at[r.Parent]
		}
		if r.Own == nil || r.Own.Service() == "" {
			continue
		}
		v := at[i]
		if v == nil || v.service != r.Service() {
			v = &visit{service: r.Service(), row: r}
			at[i] = v
			out = append(out, v)
		}
		if v.row == r || !sends(r) { // a call's own time is the network's, or the callee's
			v.self += r.Self
		}
		v.failed = v.failed || r.Marks.Has(traces.Failed)
		if i == t.Origin {
			v.origin = r
		}
	}
	for _, v := range out {
		v.self = min(v.self, max(v.row.Duration, v.row.Self)) // rows beside each other may run at the same time
	}
	return out
}

func sends(r *traces.Row) bool {
	return r.Own.Span.Kind == zipkin.Client || r.Own.Span.Kind == zipkin.Producer
}

// status is the HTTP status with which the failure began; empty when it is not known.
func (v *visit) status() string {
	for _, r := range []*traces.Row{v.origin, v.row} {
		if status, ok := r.Tag("http.status_code"); ok {
			return status
		}
	}
	return ""
}
