package write

import (
	"context"
	"errors"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// handover is how long a newer change waits for an older one to notice and end. An author that was cut off never will.
const handover = 5 * time.Second

// awaitOlder waits until the author of an earlier release that is still under way has ended: whoever is superseded stops,
// and says so in its release. From then on nobody else writes.
func (w *Writer) awaitOlder(ctx context.Context, number int) error {
	ctx, cancel := context.WithTimeoutCause(ctx, handover, errOverdue)
	defer cancel()
	for {
		older, err := w.release(ctx, number)
		if err == nil && older.Outcome != chain.Pending || apierrors.IsNotFound(err) {
			return nil
		}
		w.progress.send(Event{Step: fmt.Sprintf("waiting for release %d, which is under way, to stop", number)})
		select {
		case <-ctx.Done():
			if errors.Is(context.Cause(ctx), errOverdue) {
				return nil
			}
			return context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

var errOverdue = errors.New("overdue")

// guard returns a context that ends with *Superseded when somebody makes the release after number. It watches that one
// name; a user who may not watch is not guarded.
func (w *Writer) guard(ctx context.Context, number int) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			next, err := w.awaitRelease(ctx, number+1)
			if err == nil {
				cancel(&Superseded{Release: next})
				return
			}
			if _, denied := errors.AsType[*kube.Forbidden](kube.Classify(err)); denied {
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}()
	return ctx, func() { cancel(context.Canceled); <-done }
}

func (w *Writer) awaitRelease(ctx context.Context, number int) (chain.Release, error) {
	stream, err := w.cluster.Client.ConfigMaps(w.namespace).Watch(ctx, metav1.ListOptions{
		FieldSelector: "metadata.name=" + chain.ReleaseName(number),
	})
	if err != nil {
		return chain.Release{}, err
	}
	defer stream.Stop()
	for event := range stream.ResultChan() {
		if object, ok := event.Object.(*corev1.ConfigMap); ok {
			return readRelease(object, number), nil
		}
	}
	return chain.Release{}, errors.New("the watch ended")
}
