package write

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// createNamespace makes the chain's own namespace. One that appeared meanwhile is somebody else's.
func (r *run) createNamespace(ctx context.Context) error {
	object, err := manifests.NamespaceObject(r.Spec, r.namespace)
	if err != nil {
		return err
	}
	return r.patiently(ctx, "create namespace "+r.namespace, func(ctx context.Context) error {
		err := r.api(manifests.Namespace).Post().Resource("namespaces").Param("fieldManager", chain.Manager).
			SetHeader("Content-Type", "application/json").Body(object.Body).Do(ctx).Error()
		if apierrors.IsAlreadyExists(err) {
			return r.sameNamespace(ctx)
		}
		return err
	})
}

// sameNamespace looks whether the namespace that is there is one of ours after all: an earlier attempt of this very
// request may have made it.
func (r *run) sameNamespace(ctx context.Context) error {
	c, err := r.Read(ctx)
	if err != nil {
		return err
	}
	if !c.Ours {
		return fmt.Errorf("namespace %s was made by someone else meanwhile; try again to use it as it is", r.namespace)
	}
	return nil
}
