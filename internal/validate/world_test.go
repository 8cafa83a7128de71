package validate

import (
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// healthy is a Snapshot of a chain of n links that was ready for an hour.
func healthy(n int) *state.Snapshot {
	spec := chain.Default()
	spec.Resize(n)
	spec.Image, spec.ToolsImage = "link:1", "link:1"
	live := chain.Live{Order: spec.Order(), Load: &chain.Load{Rate: 5}}
	s := &state.Snapshot{
		Version: 1, At: now, Namespace: "demo", Conn: state.Conn{Phase: state.Live}, Origin: state.Ours,
		Releases: []chain.Release{{Number: 3, Spec: spec, Time: now.Add(-time.Hour)}}, Live: live, Config: live.Data(),
		Collect: upAndRunning(chain.CollectorService), Load: upAndRunning(chain.LoadGenerator),
	}
	for i := range n {
		s.Links = append(s.Links, state.Link{Index: i, Workload: *upAndRunning(chain.ServiceName(i))})
	}
	return s
}

func upAndRunning(service string) *state.Workload {
	return &state.Workload{Name: service, Service: service, Status: state.Ready, Since: now.Add(-time.Hour), Desired: 1, ReadyPods: 1,
		Exists: true, HasService: true, Endpoints: 1, Image: "link:1"}
}

// failing makes link i of s fail since a moment ago.
func failing(s *state.Snapshot, i int, reason string, since time.Duration) {
	w := &s.Links[i].Workload
	w.Status, w.Reason, w.Since = state.Failing, reason, now.Add(-since)
	w.Container, w.Pod, w.Message = "chain-link", "pod-"+w.Service, "chain-link: "+reason+": it does not start"
	w.Endpoints, w.ReadyPods = 0, 0
}

// probe is a request that was answered by the tail of n links.
func probe(n int) Probe {
	return Probe{TraceID: "0123456789abcdef0123456789abcdef", SpanID: "00000000000000ff", Started: now, Took: 5 * time.Millisecond,
		Status: 200, Body: "You have reached the final chain link " + chain.ServiceName(n-1), Attempts: 1}
}

// spans are those of a request through n of our links.
func spans(n int, p Probe) []zipkin.Span {
	var list []zipkin.Span
	parent, id := "", p.SpanID
	for i := range n {
		at := &zipkin.Endpoint{ServiceName: chain.ServiceName(i)}
		tags := map[string]string{chain.PodTag: "pod"}
		start := now.UnixMicro() + int64(i)*10
		list = append(list, zipkin.Span{TraceID: p.TraceID, ID: id, ParentID: parent, Kind: zipkin.Server, Name: "get", Timestamp: start,
			Duration: 5000 - int64(i)*20, LocalEndpoint: at, Tags: tags, Shared: true})
		if i+1 < n {
			next := "0000000000000" + string("abcdef0123456789"[i]) + "01"
			list = append(list, zipkin.Span{TraceID: p.TraceID, ID: next, ParentID: id, Kind: zipkin.Client, Name: "get", Timestamp: start + 5,
				Duration: 4990 - int64(i)*20, LocalEndpoint: at, Tags: tags})
			parent, id = id, next
		}
	}
	return list
}
