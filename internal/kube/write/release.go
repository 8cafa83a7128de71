package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// author is the API server's name for the user; the kubeconfig's where it does not say.
func (w *Writer) author(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	if name, err := w.cluster.WhoAmI(ctx); err == nil && name != "" {
		return name
	}
	return w.cluster.User
}

// lock creates the release. Only one of two people can: the other's is *Superseded.
func (w *Writer) lock(ctx context.Context, r chain.Release) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	text, err := r.Encode()
	if err != nil {
		return err
	}
	labels := manifests.Labels(w.namespace)
	labels["app.kubernetes.io/name"] = chain.App
	labels["app.kubernetes.io/component"] = "release"
	object := &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: chain.ReleaseName(r.Number), Labels: labels},
		Data:       map[string]string{chain.ReleaseKey: text},
	}
	api := w.cluster.Client.ConfigMaps(w.namespace)
	return w.patiently(ctx, fmt.Sprintf("create release %d", r.Number), func(ctx context.Context) error {
		_, err := api.Create(ctx, object, metav1.CreateOptions{FieldManager: chain.Manager})
		if !apierrors.IsAlreadyExists(err) {
			return err
		}
		other, err := w.newer(ctx, r.Number)
		switch {
		case err != nil:
			return err
		case other.Author == r.Author && other.Time.Equal(r.Time):
			return nil // it is ours: an earlier attempt arrived, and its answer got lost
		}
		return &Superseded{Release: other}
	})
}

// newer reads a release that has just been seen. One that is gone again went with a deletion: nothing else takes one that new
// away.
func (w *Writer) newer(ctx context.Context, number int) (chain.Release, error) {
	r, err := w.release(ctx, number)
	if apierrors.IsNotFound(err) {
		r.Action, err = deletion, nil
	}
	return r, err
}

// release reads one release. One that can't be read has its number alone.
func (w *Writer) release(ctx context.Context, number int) (chain.Release, error) {
	object, err := w.cluster.Client.ConfigMaps(w.namespace).Get(ctx, chain.ReleaseName(number), metav1.GetOptions{})
	if err != nil {
		return chain.Release{Number: number}, err
	}
	return readRelease(object, number), nil
}

func readRelease(object *corev1.ConfigMap, number int) chain.Release {
	r, err := chain.ParseRelease(object.Name, object.Data)
	if err != nil {
		return chain.Release{Number: number}
	}
	return r
}

// record writes a release anew: how it ended, or a Spec that had to change on the way.
func (w *Writer) record(ctx context.Context, r chain.Release) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	text, err := r.Encode()
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"data": map[string]string{chain.ReleaseKey: text}})
	if err != nil {
		return err
	}
	return w.patiently(ctx, fmt.Sprintf("record release %d", r.Number), func(ctx context.Context) error {
		_, err := w.cluster.Client.ConfigMaps(w.namespace).
			Patch(ctx, chain.ReleaseName(r.Number), types.MergePatchType, body, metav1.PatchOptions{FieldManager: chain.Manager})
		return err
	})
}

// outcomeOf is how a release ended that was cut short by err, and why.
func outcomeOf(err error) (chain.Outcome, string) {
	if _, ok := errors.AsType[*Superseded](err); ok {
		return chain.Interrupted, err.Error()
	}
	_, unready := errors.AsType[*Unready](err)
	_, unconfirmed := errors.AsType[*Unconfirmed](err) // of a shrink: the order is out, and the links that leave are still there
	if unready || unconfirmed {
		return chain.Unhealthy, err.Error()
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return chain.Interrupted, "timed out"
	case errors.Is(err, context.Canceled):
		return chain.Interrupted, "interrupted by its author"
	}
	return chain.Refused, err.Error()
}

// trim deletes the oldest releases, so that the last chain.KeptReleases stay.
func (w *Writer) trim(ctx context.Context, p *Plan) error {
	for number, uid := range p.releaseIDs {
		if number <= p.Number-chain.KeptReleases {
			if err := w.remove(ctx, manifests.ID{Kind: manifests.ConfigMap, Name: chain.ReleaseName(number)}, uid); err != nil {
				return err
			}
		}
	}
	return nil
}
