package write

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// each runs do for 0 to n-1 in that order, at most workers at a time. The first error stops what has not begun, and is
// returned when everything under way has ended.
func each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, shared := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range n {
		if shared.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := context.Cause(shared); err != nil {
				return err
			}
			return do(shared, i)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}
