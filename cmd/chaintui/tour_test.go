package main

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/tour"
)

// What of a tour can't be undone is said as commands to copy; the rest is undone all the same.
func TestTheTourIsUndoneAsFarAsItCanBe(t *testing.T) {
	acts := []tour.Act{
		{ID: "rollback", Args: action.Args{"to": "3"}}, {ID: "fault", Args: action.Args{"links": "2"}}, {ID: "load", Args: action.Args{"rate": "1"}},
	}
	undo := func(ctx context.Context, do func(string) error) (said string, err error) {
		var out bytes.Buffer
		a := &app{err: &out, flags: config.Flags{"namespace": "demo"}}
		err = a.undo(ctx, acts, func(_ context.Context, act tour.Act) error { return do(act.ID) })
		return out.String(), err
	}
	said, err := undo(t.Context(), func(string) error { return nil })
	want := "undoing the tour: chaintui rollback --to 3\nundoing the tour: chaintui fault 2 --clear\nundoing the tour: chaintui load 1\nthe chain is as it was before the tour\n"
	if diff := cmp.Diff(want, said); diff != "" || err != nil {
		t.Error(diff, err)
	}

	broken := errors.New("no quorum")
	said, err = undo(t.Context(), func(id string) error {
		if id == "rollback" {
			return broken
		}
		return nil
	})
	want = "undoing the tour: chaintui rollback --to 3\nundoing the tour: chaintui fault 2 --clear\nundoing the tour: chaintui load 1\n" +
		"the chain is not as it was before the tour; this puts it back:\n  chaintui rollback --to 3 --namespace demo\n"
	if diff := cmp.Diff(want, said); diff != "" || !errors.Is(err, broken) {
		t.Error(diff, err)
	}

	ctx, interrupt := context.WithCancelCause(t.Context())
	said, err = undo(ctx, func(id string) error {
		if id == "fault" {
			interrupt(errInterrupted)
			return context.Cause(ctx)
		}
		return nil
	})
	want = "undoing the tour: chaintui rollback --to 3\nundoing the tour: chaintui fault 2 --clear\n" +
		"the chain is not as it was before the tour; this puts it back:\n  chaintui fault 2 --clear --namespace demo\n  chaintui load 1 --namespace demo\n"
	if diff := cmp.Diff(want, said); diff != "" || !errors.Is(err, errInterrupted) {
		t.Error(diff, err)
	}
}
