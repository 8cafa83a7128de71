package feed

import (
	"context"
	"time"
)

// LogSource opens streams of log lines.
type LogSource interface {
	// Follow sends lines in batches until ctx ends or everything has been sent. The channel is closed at the end.
	Follow(ctx context.Context, q LogQuery) (<-chan []LogLine, error)
}

// LogQuery says which lines.
type LogQuery struct {
	Links    []int         // by index; nil for all
	Pod      string        // only of this pod; empty for all of the links
	Previous bool          // of the containers before the last restart
	Since    time.Duration // 0 for the last lines only
	Tail     int64         // lines per container to begin with; 0 for all
	Follow   bool
}

// LogLine is one line of one container, not yet sanitised.
type LogLine struct {
	Time time.Time
	Link int // -1 for the collector and the load generator
	Text string
	Gap  string // instead of a line: why lines are missing here, such as "reconnected"
}
