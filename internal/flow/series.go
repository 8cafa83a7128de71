package flow

import (
	"math"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
)

// A series has a value for each bucket of the last minutes.
const (
	bucket  = 3 * time.Second
	buckets = 60
)

// history is each service's own times by bucket, of the traces seen so far. Traces are counted once.
type history struct {
	seen  map[string]time.Time           // traces counted, by id, and when they began
	times map[string]map[int64][]float64 // service, bucket number, own times in ms
}

func (h *history) add(now time.Time, set []*traces.Trace) {
	if h.seen == nil {
		h.seen, h.times = map[string]time.Time{}, map[string]map[int64][]float64{}
	}
	oldest := number(now) - buckets
	for _, t := range set {
		at := time.UnixMicro(t.Start)
		if _, known := h.seen[t.ID]; known || number(at) <= oldest {
			continue
		}
		h.seen[t.ID] = at
		for i := range t.Rows {
			r := &t.Rows[i]
			service := h.times[r.Service()]
			if service == nil {
				service = map[int64][]float64{}
				h.times[r.Service()] = service
			}
			service[number(at)] = append(service[number(at)], float64(r.Self)/1000)
		}
	}
	for id, at := range h.seen {
		if number(at) <= oldest {
			delete(h.seen, id)
		}
	}
	for name, service := range h.times {
		for n := range service {
			if n <= oldest {
				delete(service, n)
			}
		}
		if len(service) == 0 {
			delete(h.times, name)
		}
	}
}

// of is a service's series up to now.
func (h *history) of(service string, now time.Time) []float64 {
	times := h.times[service]
	if len(times) == 0 {
		return nil
	}
	out := make([]float64, buckets)
	for i := range out {
		out[i] = math.NaN()
		if values := slices.Clone(times[number(now)-int64(buckets-1-i)]); len(values) > 0 {
			slices.Sort(values)
			out[i] = values[len(values)/2]
		}
	}
	return out
}

func number(at time.Time) int64 { return at.UnixNano() / int64(bucket) }
