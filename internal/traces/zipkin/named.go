package zipkin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Named is the trace of an id or, where there is none, the one among the newest whose id begins so, as lists write it. When
// that is none or several, the error is a *NotOne.
func Named(ctx context.Context, server interface {
	Searcher
	Trace(ctx context.Context, id string) (List, error)
}, name string) (List, error) {
	list, err := server.Trace(ctx, name)
	if !errors.Is(err, ErrNotFound) {
		return list, err
	}
	if len(name) == len(zeros) { // it is no beginning
		return List{}, &NotOne{Name: name}
	}
	begin := strings.TrimLeft(strings.ToLower(name), "0")
	var alike []List
	for _, limit := range []int{few, many} {
		found, err := server.Traces(ctx, Query{Limit: limit, Lookback: 24 * time.Hour})
		if err != nil {
			return List{}, err
		}
		all := len(found.Traces) < limit
		alike = slices.DeleteFunc(found.Traces, func(l List) bool {
			return !strings.HasPrefix(strings.TrimLeft(l.Spans[0].TraceID, "0"), begin)
		})
		if len(alike) > 0 || all {
			break
		}
	}
	if len(alike) != 1 {
		return List{}, &NotOne{name, len(alike)}
	}
	return alike[0], nil
}

// How many of the newest traces are looked at for a beginning: those of the list on screen, and where it is not among
// them, as many as a busy chain has in a minute.
const (
	few  = 100
	many = 1000
)

// NotOne is a name that is no single trace's.
type NotOne struct {
	Name  string
	Alike int // how many of the newest begin so
}

// Error says what to do.
func (e *NotOne) Error() string {
	if e.Alike > 1 {
		return fmt.Sprintf("%d of the newest traces begin with %s: give more of the id", e.Alike, e.Name)
	}
	return fmt.Sprintf("the collector has no trace %s, and none of its newest %d begins so", e.Name, many)
}
