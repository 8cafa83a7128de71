package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/manifests"
)

// publish makes the chain's ConfigMap say what edit makes of it, and gets every running pod to load it at once. It
// returns the pods that can't load it while they run: those of images without /state, such as the original's.
func (w *Writer) publish(ctx context.Context, edit func(chain.Live) (chain.Live, error), bound time.Duration) (fixed []pod, err error) {
	config, err := w.writeLive(ctx, edit)
	if err != nil {
		return nil, err
	}
	return w.spread(ctx, config, bound)
}

// writeLive reads, edits and applies the ConfigMap, and returns its data. Its resourceVersion goes along, so that a change
// that somebody else makes in between is not lost: then it begins anew.
func (w *Writer) writeLive(ctx context.Context, edit func(chain.Live) (chain.Live, error)) (map[string]string, error) {
	const attempts = 8
	for n := 1; ; n++ {
		data, version, err := w.readConfig(ctx)
		if err != nil {
			return nil, err
		}
		next, err := edit(liveOf(data))
		if err != nil {
			return nil, err
		}
		config := inWordsOf(data, next)
		object, err := manifests.ConfigMapObject(w.namespace, config)
		if err != nil {
			return nil, err
		}
		_, err = w.applyAt(ctx, object, chain.Manager, version)
		conflict, isConflict := errors.AsType[*kube.Conflict](err)
		if isConflict && len(conflict.Managers) == 0 && n < attempts {
			continue
		}
		return config, err
	}
}

// readConfig is the ConfigMap's data and version; both are empty without one.
func (w *Writer) readConfig(ctx context.Context) (data map[string]string, version string, err error) {
	err = w.patiently(ctx, "read the order", func(ctx context.Context) error {
		m, err := w.cluster.Client.ConfigMaps(w.namespace).Get(ctx, chain.ConfigMap, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			data, version = nil, ""
			return nil
		}
		if err == nil {
			data, version = m.Data, m.ResourceVersion
		}
		return err
	})
	return data, version, err
}

// withVersion adds the resourceVersion that an apply is to find.
func withVersion(body []byte, version string) ([]byte, error) {
	if version == "" {
		return body, nil
	}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return nil, err
	}
	meta, ok := object["metadata"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("an object without metadata: %s", body)
	}
	meta["resourceVersion"] = version
	return json.Marshal(object)
}
