package write

import (
	"context"
	"encoding/json"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// metadataOnly makes the API server answer with an object's metadata alone.
const metadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"

// applied is what is kept of the answer to an apply.
type applied struct {
	Metadata struct {
		UID             types.UID `json:"uid"`
		ResourceVersion string    `json:"resourceVersion"`
		Generation      int64     `json:"generation"`
	} `json:"metadata"`
}

// apply sends one object by server-side apply: fields of ours that it no longer has are removed, those of other managers
// stay. A field that another manager owns with another value is a *kube.Conflict, unless the writer forces.
func (w *Writer) apply(ctx context.Context, o manifests.Object, manager string) (applied, error) {
	var answer applied
	if err := w.allowed(false); err != nil {
		return answer, err
	}
	data, err := w.patch(ctx, o, manager, w.options.Force, false, metadataOnly)
	if err == nil {
		err = json.Unmarshal(data, &answer)
	}
	return answer, err
}

// dryRun is the whole object, as JSON, that apply would make.
func (w *Writer) dryRun(ctx context.Context, o manifests.Object) ([]byte, error) {
	return w.patch(ctx, o, chain.Manager, true, true, "application/json")
}

func (w *Writer) patch(ctx context.Context, o manifests.Object, manager string, force, dryRun bool, accept string) (data []byte, err error) {
	if err := w.allowed(dryRun); err != nil {
		return nil, err
	}
	err = w.patiently(ctx, "apply "+o.String(), func(ctx context.Context) error {
		request := w.api(o.Kind).Patch(types.ApplyPatchType).
			NamespaceIfScoped(o.Namespace, o.Namespace != "").Resource(o.Kind.Resource().Resource).Name(o.Name).
			Param("fieldManager", manager).SetHeader("Accept", accept).Body(o.Body)
		if force {
			request.Param("force", "true")
		}
		if dryRun {
			request.Param("dryRun", metav1.DryRunAll)
		}
		var err error
		data, err = raw(request.Do(ctx))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.ID, err)
	}
	return data, nil
}

// raw is the body of an answer, or the error that the API server tells in it: Result.Raw alone would lose its details.
func raw(r rest.Result) ([]byte, error) {
	if err := r.Error(); err != nil {
		return nil, err
	}
	return r.Raw()
}
