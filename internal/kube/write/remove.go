package write

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/manifests"
)

// remove deletes one object if it is still the one that was looked at; it is no error when it has gone.
func (w *Writer) remove(ctx context.Context, id manifests.ID, uid types.UID) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	background := metav1.DeletePropagationBackground
	options := &metav1.DeleteOptions{PropagationPolicy: &background}
	if uid != "" {
		options.Preconditions = &metav1.Preconditions{UID: &uid}
	}
	err := w.patiently(ctx, "delete "+id.String(), func(ctx context.Context) error {
		request := w.api(id.Kind).Delete().Resource(id.Kind.Resource().Resource).Name(id.Name).Body(options)
		if id.Kind != manifests.Namespace {
			request.Namespace(w.namespace)
		}
		err := request.Do(ctx).Error()
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) { // gone, or replaced by another of the name
			return nil
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", id, err)
	}
	return nil
}
