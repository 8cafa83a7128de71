package write

import (
	"context"
	"errors"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/manifests"
)

// awaitPodsGone waits until none of the chain's pods is left.
func (r *run) awaitPodsGone(ctx context.Context) error {
	ours := labels.SelectorFromSet(manifests.Labels(r.namespace)).String()
	total := 0
	return r.until(ctx, "waiting for the pods to end", func(ctx context.Context) (bool, error) {
		list, err := r.cluster.Client.Pods(r.namespace).List(ctx, metav1.ListOptions{LabelSelector: ours})
		if err != nil {
			return false, err
		}
		total = max(total, len(list.Items))
		r.progress.send(Event{Step: "waiting for the pods to end", Done: total - len(list.Items), Total: total})
		return len(list.Items) == 0, nil
	})
}

// awaitNamespaceGone waits until the namespace is no more, or is not being deleted.
func (r *run) awaitNamespaceGone(ctx context.Context) error {
	step := "waiting for namespace " + r.namespace + " to end"
	r.progress.send(Event{Step: step})
	return r.until(ctx, step, func(ctx context.Context) (bool, error) {
		ns, err := r.cluster.Client.Namespaces().Get(ctx, r.namespace, metav1.GetOptions{})
		if apierrors.IsNotFound(err) || err == nil && (ns.UID != r.namespaceID || ns.DeletionTimestamp == nil) {
			return true, nil
		}
		if _, denied := errors.AsType[*kube.Forbidden](kube.Classify(err)); denied {
			return true, nil
		}
		return false, err
	})
}

// until asks again and again, four times a second, until the answer is yes.
func (r *run) until(ctx context.Context, step string, ask func(context.Context) (bool, error)) error {
	for {
		var yes bool
		err := r.patiently(ctx, step, func(ctx context.Context) (err error) {
			yes, err = ask(ctx)
			return err
		})
		if err != nil || yes {
			return err
		}
		select {
		case <-ctx.Done():
			return stopped(ctx, step)
		case <-time.After(250 * time.Millisecond):
		}
	}
}
