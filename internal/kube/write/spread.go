package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
)

// A mounted ConfigMap takes the kubelet up to a minute or more to refresh. A change of the pod makes it sync the pod at
// once; but its watch of the ConfigMap may lag behind its watch of the pod, and a sync that sees the old map waits the
// minute again. So the pods are annotated, their /state is read, and who does not show the new digest is annotated anew.

const (
	againAfter = 500 * time.Millisecond // a kubelet needs some 200 ms; up to 1 s more if it synced the pod just before
	pollEvery  = 50 * time.Millisecond
	// retryAnnotation changes each time a pod is annotated again: the same value would be no change.
	retryAnnotation = chain.SyncAnnotation + "-try"
)

// Bounds of the wait for the pods to load a configuration. Where requests would be lost, it is as long as a kubelet
// takes without being asked.
const (
	liveBound  = 15 * time.Second
	orderBound = 3 * time.Minute
)

// pod is a running pod that mounts the ConfigMap.
type pod struct {
	name string
	link int // -1 for the load generator
}

// news is the configuration that pods are to load. One that somebody else publishes meanwhile, with the same order, will do:
// the pods never show the first one then.
type news struct {
	order   chain.Order
	digest  string          // of the newest
	digests map[string]bool // of all that will do
}

func newsOf(config map[string]string) *news {
	digest := chain.Digest(config)
	order, _ := chain.ParseOrder([]byte(config[chain.OrderKey]))
	return &news{order: order, digest: digest, digests: map[string]bool{digest: true}}
}

// hear takes the ConfigMap as it is now, unless it says another order.
func (n *news) hear(config map[string]string) {
	if order, err := chain.ParseOrder([]byte(config[chain.OrderKey])); err != nil || !slices.Equal(order, n.order) {
		return
	}
	n.digest = chain.Digest(config)
	n.digests[n.digest] = true
}

// spread gets every pod to load the configuration, and waits until they show its digest.
func (w *Writer) spread(ctx context.Context, config map[string]string, bound time.Duration) (fixed []pod, err error) {
	waiting, err := w.mounted(ctx)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	n, settled, done := newsOf(config), map[string]bool{}, 0
	const step = "the links load the new configuration"
	w.progress.send(Event{Step: step, Total: len(waiting)})
	ctx, cancel := context.WithTimeoutCause(ctx, bound, errOverdue)
	defer cancel()
	var lastAsked time.Time
	for try := 0; len(waiting) > 0; {
		if try == 0 || time.Since(lastAsked) >= again(try) {
			if try > 0 {
				if waiting, err = w.lookAgain(ctx, n, settled, waiting); err != nil {
					return fixed, err
				}
			}
			if err := w.annotate(ctx, waiting, n.digest, try); err != nil && !errors.Is(err, errOverdue) {
				return fixed, err
			}
			lastAsked, try = time.Now(), try+1
		}
		verdicts := w.ask(ctx, waiting, n.digests)
		var still []pod
		unseen := 0
		for i, v := range verdicts {
			keep := v == old
			switch v {
			case unable:
				fixed = append(fixed, waiting[i])
			case hidden:
				unseen++
				keep = try < 4 // annotated some times over two seconds: that has to do
			}
			if keep {
				still = append(still, waiting[i])
			} else {
				settled[waiting[i].name] = true
			}
		}
		waiting = still
		if len(settled) > done {
			done = len(settled)
			w.progress.send(Event{Step: step, Done: done, Total: done + len(waiting)})
		}
		if unseen > 0 && len(waiting) == 0 {
			w.progress.send(Event{Step: step, Message: "not confirmed: you may not get pods/proxy, where the links tell what they have loaded"})
		}
		if len(waiting) == 0 {
			break
		}
		select {
		case <-ctx.Done():
			if !errors.Is(context.Cause(ctx), errOverdue) {
				return fixed, stopped(ctx, step)
			}
			e := &Unconfirmed{}
			for _, p := range waiting {
				e.Pods = append(e.Pods, p.name)
			}
			return fixed, e
		case <-time.After(pollEvery):
		}
	}
	return fixed, nil
}

// lookAgain reads the ConfigMap and lists the pods anew, before those that have not loaded it are asked again: somebody may
// have changed the one, and a pod may have come, ended or begun to crash. What takes too long leaves waiting as it is.
func (w *Writer) lookAgain(ctx context.Context, n *news, settled map[string]bool, waiting []pod) ([]pod, error) {
	config, _, err := w.readConfig(ctx)
	if err == nil {
		n.hear(config)
		var pods []pod
		if pods, err = w.mounted(ctx); err == nil {
			return slices.DeleteFunc(pods, func(p pod) bool { return settled[p.name] }), nil
		}
	}
	if errors.Is(err, errOverdue) {
		err = nil
	}
	return waiting, err
}

// again is how long to wait for the try before it is repeated: a minute of quick ones, then slower.
func again(try int) time.Duration { return againAfter * time.Duration(1+try/10) }

// mounted are the running pods of links and load generator.
func (w *Writer) mounted(ctx context.Context) (pods []pod, err error) {
	err = w.patiently(ctx, "list the pods", func(ctx context.Context) error {
		list, err := w.cluster.Client.Pods(w.namespace).List(ctx, metav1.ListOptions{LabelSelector: "app=" + chain.App})
		if err != nil {
			return err
		}
		pods = nil
		for i := range list.Items {
			if p, ok := mountedPod(&list.Items[i]); ok {
				pods = append(pods, p)
			}
		}
		return nil
	})
	return pods, err
}

func mountedPod(p *corev1.Pod) (pod, bool) {
	if p.DeletionTimestamp != nil || p.Status.Phase != corev1.PodRunning {
		return pod{}, false // one that starts mounts what is there then
	}
	for _, c := range p.Status.ContainerStatuses {
		if c.State.Running == nil {
			return pod{}, false // it crashes: it reads the folder when it starts again
		}
	}
	if service := p.Labels["service-name"]; service != "" {
		i, ok := chain.Index(service)
		return pod{name: p.Name, link: i}, ok
	}
	return pod{name: p.Name, link: -1}, p.Labels["service"] == chain.LoadGenerator && len(p.OwnerReferences) > 0
}

// annotate changes the pods, so that their kubelets sync them.
func (w *Writer) annotate(ctx context.Context, pods []pod, digest string, try int) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	annotations := map[string]string{chain.SyncAnnotation: digest}
	if try > 0 {
		annotations[retryAnnotation] = strconv.Itoa(try)
	}
	body, err := json.Marshal(map[string]any{"metadata": map[string]any{"annotations": annotations}})
	if err != nil {
		return err
	}
	return each(ctx, len(pods), func(ctx context.Context, i int) error {
		name := pods[i].name
		err := w.patiently(ctx, "annotate pod "+name, func(ctx context.Context) error {
			_, err := raw(w.cluster.Client.Core().Patch(types.MergePatchType).
				Namespace(w.namespace).Resource("pods").Name(name).Param("fieldManager", chain.Manager).
				SetHeader("Accept", metadataOnly).Body(body).Do(ctx))
			if apierrors.IsNotFound(err) {
				return nil
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("pod/%s: %w", name, err)
		}
		return nil
	})
}
