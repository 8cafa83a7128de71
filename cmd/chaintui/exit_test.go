package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func TestExitCodes(t *testing.T) {
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{status(1), 1},
		{&write.Unready{}, 1},
		{usage{errors.New("x")}, 2},
		{errors.New("anything else"), 2},
		{write.ErrReadOnly, 2},
		{&kube.Unreachable{Err: errors.New("x")}, 3},
		{&kube.Forbidden{Verb: "list"}, 3},
		{&kube.Unauthorized{Err: errors.New("x")}, 3},
		{&kube.NoContext{}, 3},
		{fmt.Errorf("configmap/a: %w", apierrors.NewInternalError(errors.New("etcd"))), 3},
		{apierrors.NewNotFound(schema.GroupResource{Resource: "configmaps"}, "a"), 3},
		{noAccess{context.DeadlineExceeded}, 3},
		{fmt.Errorf("waiting: %w", context.DeadlineExceeded), 4},
		{fmt.Errorf("waiting: %w: %w", context.DeadlineExceeded, &write.Unready{}), 4},
		{fmt.Errorf("waiting: %w (%w)", context.DeadlineExceeded, &kube.Unreachable{Err: context.DeadlineExceeded}), 3}, // lost, and not back in time
		{&write.Unconfirmed{Pods: []string{"a"}}, 4},
		{&kube.Refused{Cause: kube.Quota}, 5},
		{&kube.Conflict{Managers: []string{"kubectl"}}, 5},
		{&write.Superseded{Release: chain.Release{Number: 8}}, 5},
		{&write.Foreign{}, 5},
		{write.ErrUnadopted, 5},
		{&write.Ending{}, 5},
		{interruption{&write.Unready{}}, 130},
		{interruption{status(1)}, 130},
	} {
		if got := exitCode(test.err); got != test.want {
			t.Errorf("%T %v: exit code %d, want %d", test.err, test.err, got, test.want)
		}
	}
}
