package trace

import (
	"math/rand/v2"

	"github.com/openzipkin/zipkin-go/model"
)

// IDs makes 128-bit trace ids and 64-bit span ids, without the lock that zipkin-go's generator takes for each.
type IDs struct{}

// TraceID returns a new 128-bit trace id.
func (IDs) TraceID() model.TraceID {
	return model.TraceID{High: nonZero(), Low: nonZero()}
}

// SpanID returns a new span id; a root span's is the low half of its trace id, as Zipkin's instrumentation has it.
func (IDs) SpanID(trace model.TraceID) model.ID {
	if trace.Low != 0 {
		return model.ID(trace.Low)
	}
	return model.ID(nonZero())
}

func nonZero() uint64 {
	for {
		if v := rand.Uint64(); v != 0 {
			return v
		}
	}
}
