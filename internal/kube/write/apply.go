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

// sending is how an object is applied.
type sending struct {
	manager string
	force   bool // take fields over from other managers
	dryRun  bool
	accept  string // what of the object is answered
	version string // resourceVersion that the object has to have; empty for any
}

// apply sends one object by server-side apply: fields of ours that it no longer has are removed, those of other managers
// stay. A field that another manager owns with another value is a *kube.Conflict, unless the writer forces.
func (w *Writer) apply(ctx context.Context, o manifests.Object, manager string) (applied, error) {
	return w.applyAt(ctx, o, manager, "")
}

// applyAt applies an object that nobody has changed since it had the version; else it is a *kube.Conflict that names nobody.
func (w *Writer) applyAt(ctx context.Context, o manifests.Object, manager, version string) (applied, error) {
	var answer applied
	data, err := w.patch(ctx, o, sending{manager: manager, force: w.options.Force, accept: metadataOnly, version: version})
	if err == nil {
		err = json.Unmarshal(data, &answer)
	}
	return answer, err
}

// dryRun is the whole object, as JSON, that apply would make.
func (w *Writer) dryRun(ctx context.Context, o manifests.Object, force bool) ([]byte, error) {
	return w.patch(ctx, o, sending{manager: chain.Manager, force: force, dryRun: true, accept: "application/json"})
}

func (w *Writer) patch(ctx context.Context, o manifests.Object, how sending) (data []byte, err error) {
	if err := w.allowed(how.dryRun); err != nil {
		return nil, err
	}
	body, err := withVersion(o.Body, how.version)
	if err != nil {
		return nil, err
	}
	err = w.patiently(ctx, "apply "+o.String(), func(ctx context.Context) error {
		request := w.api(o.Kind).Patch(types.ApplyPatchType).
			NamespaceIfScoped(o.Namespace, o.Namespace != "").Resource(o.Kind.Resource().Resource).Name(o.Name).
			Param("fieldManager", how.manager).SetHeader("Accept", how.accept).Body(body)
		if how.force {
			request.Param("force", "true")
		}
		if how.dryRun {
			request.Param("dryRun", metav1.DryRunAll)
		}
		var err error
		if data, err = raw(request.Do(ctx)); err != nil && how.version != "" {
			return &stale{err}
		}
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
