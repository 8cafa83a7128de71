package write

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// DeletePod deletes one of the chain's pods; its Deployment makes another. It is no error when it has gone already.
func (w *Writer) DeletePod(ctx context.Context, name string) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	return w.patiently(ctx, "delete pod "+name, func(ctx context.Context) error {
		api := w.cluster.Client.Pods(w.namespace)
		pod, err := api.Get(ctx, name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if pod.Labels["app"] != chain.App {
			return fmt.Errorf("pod %s is none of the chain's", name)
		}
		err = api.Delete(ctx, name, metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &pod.UID}})
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return nil
		}
		return err
	})
}
