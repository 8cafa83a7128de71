package heat

import (
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/canvas"
)

// Requests that all took their timeout are apart by less than what is written: one label says so, and not three.
func TestNoLabelTwice(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var set []*traces.Trace
	for i := range 20 {
		began := now.Add(-time.Duration(i) * time.Second / 4)
		set = append(set, traces.Build([]zipkin.Span{{TraceID: "1", ID: "1", Timestamp: began.UnixMicro(), Duration: 10_000_000 + int64(i)*100}}))
	}
	c := canvas.New(60, 8)
	Draw(c, set, nil, now)
	if n := strings.Count(c.String(), "10.0 s"); n != 1 {
		t.Errorf("10.0 s is said %d times:\n%s", n, c)
	}
}
