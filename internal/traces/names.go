package traces

import "github.com/chaintui/chaintui/internal/traces/zipkin"

// Names of traces beside their ids.
const (
	Latest  = "latest"
	Slowest = "slowest"
)

// Longest is the index of the slowest trace; 0 of none.
func Longest(lists []zipkin.List) int {
	best, most := 0, int64(-1)
	for i := range lists {
		if d := BuildList(lists[i]).Duration(); d > most {
			best, most = i, d
		}
	}
	return best
}
