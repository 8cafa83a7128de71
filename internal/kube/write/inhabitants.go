package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/chaintui/chaintui/internal/kube"
)

// census is what lives in the chain's namespace, as far as the user may see.
type census struct {
	mu     sync.Mutex
	found  []inhabitant
	unseen []string // why some kinds are not in found
}

// look lists the metadata of every object in the namespace, whatever its kind. What can't be listed, for want of a right
// or because the server behind its API is down, is said in the census and is no error.
func (w *Writer) look(ctx context.Context) (*census, error) {
	kinds, unseen, err := w.kinds(ctx)
	if err != nil {
		return nil, err
	}
	c := &census{unseen: unseen}
	err = each(ctx, len(kinds), func(ctx context.Context, i int) error {
		return c.add(ctx, w, kinds[i])
	})
	slices.Sort(c.unseen)
	return c, err
}

// add lists one kind, a page at a time. Only the end of ctx is an error: a server that does not answer for this kind leaves
// it unseen.
func (c *census) add(ctx context.Context, w *Writer, kind listed) error {
	const tries = 3
	next := ""
	for try := 1; ; {
		one, cancel := context.WithTimeout(ctx, attempt)
		list, err := w.page(one, kind.resource, next)
		cancel()
		err = kube.Classify(err)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err == nil:
			c.mu.Lock()
			for i := range list.Items {
				c.found = append(c.found, inhabitant{kind.kind, list.Items[i].ObjectMeta})
			}
			c.mu.Unlock()
			if next = list.Continue; next == "" {
				return nil
			}
			continue
		case kube.Is[*kube.Unreachable](err) && try < tries:
			try++
			select {
			case <-ctx.Done():
			case <-time.After(500 * time.Millisecond):
			}
			continue
		}
		reason := fmt.Sprintf("%s can't be listed: %v", kind.resource.GroupResource(), err)
		if forbidden, ok := errors.AsType[*kube.Forbidden](err); ok {
			reason = forbidden.Error()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.unseen = append(c.unseen, reason)
		return nil
	}
}

// page lists the metadata of some objects of a kind: those after the token of the page before, or the first. It does so
// without client-go's package metadata, which would cost every start of the program a megabyte.
func (w *Writer) page(ctx context.Context, kind schema.GroupVersionResource, after string) (*metav1.PartialObjectMetadataList, error) {
	const size = "500"
	data, err := raw(w.cluster.Client.JSON(kind, w.namespace).
		SetHeader("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1").
		Param("limit", size).Param("continue", after).Do(ctx))
	if err != nil {
		return nil, err
	}
	list := new(metav1.PartialObjectMetadataList)
	return list, json.Unmarshal(data, list)
}

// stays says why the namespace must not be deleted with the chain; empty when nothing speaks against it.
func stays(namespace string, others, unseen []string) string {
	switch {
	case len(others) > 0:
		return fmt.Sprintf("namespace %s stays: it holds other objects, such as %s", namespace, others[0])
	case len(unseen) > 1:
		return fmt.Sprintf("namespace %s stays: what else is in it can't be told: %s, and %d more", namespace, unseen[0], len(unseen)-1)
	case len(unseen) > 0:
		return fmt.Sprintf("namespace %s stays: what else is in it can't be told: %s", namespace, unseen[0])
	}
	return ""
}
