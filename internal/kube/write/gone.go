package write

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/manifests"
)

// awaitPodsGone waits until none of the chain's pods is left. When the time is up it names who is.
func (r *run) awaitPodsGone(ctx context.Context) error {
	ours := labels.SelectorFromSet(manifests.Labels(r.namespace)).String()
	var left []corev1.Pod
	total := 0
	err := r.until(ctx, "waiting for the pods to end", func(ctx context.Context) (bool, error) {
		list, err := r.cluster.Client.Pods(r.namespace).List(ctx, metav1.ListOptions{LabelSelector: ours})
		if err != nil {
			return false, err
		}
		left, total = list.Items, max(total, len(list.Items))
		r.progress.send(Event{Step: "waiting for the pods to end", Done: total - len(left), Total: total})
		return len(left) == 0, nil
	})
	if errors.Is(err, context.DeadlineExceeded) && len(left) > 0 {
		return fmt.Errorf("%w: %s", err, lingering(left))
	}
	return err
}

// lingering tells which pods do not end, and what holds the first of them where that is known.
func lingering(pods []corev1.Pod) string {
	first := pods[0]
	for _, p := range pods {
		if len(p.Finalizers) > 0 { // it will not go by itself
			first = p
			break
		}
	}
	text := "pod " + first.Name
	switch {
	case len(first.Finalizers) > 0:
		text += " is held by the finalizer " + strings.Join(first.Finalizers, ", ") + ", whose owner has to let it go"
	case first.Spec.NodeName != "":
		text += " is still on node " + first.Spec.NodeName
	}
	if len(pods) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(pods)-1)
	}
	return sanitise.Line(text)
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
