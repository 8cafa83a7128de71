package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// crowd is a chain with many pods that no node has, and no scheduler or controller looks after.
type crowd struct {
	cluster     *kube.Cluster
	clients     kubernetes.Interface
	links, pods int
}

func (c *crowd) make(ctx context.Context) error {
	if err := c.account(ctx); err != nil {
		return err
	}
	order := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: chain.ConfigMap}, Data: map[string]string{chain.OrderKey: chain.NewOrder(c.links).Encode()}}
	if _, err := c.clients.CoreV1().ConfigMaps(c.cluster.Namespace).Create(ctx, order, metav1.CreateOptions{}); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(32)
	for i := range c.links {
		group.Go(func() error { return c.link(ctx, i) })
		for k := range c.pods {
			group.Go(func() error { return c.pod(ctx, i, k) })
		}
	}
	return group.Wait()
}

// namespace makes the namespace, once the one of a run before is gone.
func (c *crowd) namespace(ctx context.Context) error {
	ns := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: c.cluster.Namespace}}
	for {
		_, err := c.clients.CoreV1().Namespaces().Create(ctx, ns, metav1.CreateOptions{})
		if !apierrors.IsAlreadyExists(err) {
			return err
		}
		old, err := c.clients.CoreV1().Namespaces().Get(ctx, ns.Name, metav1.GetOptions{})
		if err == nil && old.DeletionTimestamp == nil {
			return fmt.Errorf("there is a namespace %s that this run did not make; delete it first", ns.Name)
		}
		pause(ctx, 500*time.Millisecond)
	}
}

// account waits for the service account without which no pod is admitted.
func (c *crowd) account(ctx context.Context) error {
	for {
		_, err := c.clients.CoreV1().ServiceAccounts(c.cluster.Namespace).Get(ctx, "default", metav1.GetOptions{})
		if !apierrors.IsNotFound(err) {
			return err
		}
		pause(ctx, 100*time.Millisecond)
	}
}

// link is a Deployment that wants no pods, so that no controller makes any, and its Service.
func (c *crowd) link(ctx context.Context, i int) error {
	replicas := int32(0)
	d := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: chain.DeploymentName(i), Labels: chain.Selector(i)}}
	d.Spec.Replicas, d.Spec.Selector = &replicas, &metav1.LabelSelector{MatchLabels: chain.Selector(i)}
	d.Spec.Template.Labels = chain.Selector(i)
	d.Spec.Template.Spec.Containers = []corev1.Container{{Name: chain.App, Image: "none.invalid/link:1"}}
	_, err := c.clients.AppsV1().Deployments(c.cluster.Namespace).Create(ctx, d, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	service := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: chain.ServiceName(i), Labels: chain.Selector(i)},
		Spec: corev1.ServiceSpec{Selector: map[string]string{"no": "such"}, Ports: []corev1.ServicePort{{Port: chain.ServicePort}}}}
	_, err = c.clients.CoreV1().Services(c.cluster.Namespace).Create(ctx, service, metav1.CreateOptions{})
	return err
}

func name(i, k int) string { return fmt.Sprintf("%s-%03d", chain.DeploymentName(i), k) }

func labels(i int) map[string]string {
	labels := chain.Selector(i)
	labels["pod-template-hash"] = "bench"
	return labels
}

// pod is one that only this program changes.
func (c *crowd) pod(ctx context.Context, i, k int) error {
	p := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name(i, k), Labels: labels(i)}}
	p.Spec.SchedulerName = "nobody"
	p.Spec.Containers = []corev1.Container{{Name: chain.App, Image: "none.invalid/link:1",
		Env:            []corev1.EnvVar{{Name: "POD", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.name"}}}},
		ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"/link", "probe"}}}}}}
	if _, err := c.clients.CoreV1().Pods(c.cluster.Namespace).Create(ctx, p, metav1.CreateOptions{}); err != nil {
		return err
	}
	return c.say(ctx, name(i, k), "Waiting")
}

// list is how long the API server takes to hand out all the pods.
func (c *crowd) list(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	_, err := c.clients.CoreV1().RESTClient().Get().Namespace(c.cluster.Namespace).Resource("pods").Param("resourceVersion", "0").DoRaw(ctx)
	return time.Since(began), err
}

// say changes the word that the pod's state column shows.
func (c *crowd) say(ctx context.Context, pod, word string) error {
	patch := fmt.Sprintf(`{"status":{"phase":"Pending","containerStatuses":[{"name":%q,"image":"none.invalid/link:1","imageID":"","ready":false,"restartCount":0,"state":{"waiting":{"reason":%q}}}]}}`, chain.App, word)
	// Nothing but the answer's code is read, so the answer is asked to be short.
	return c.clients.CoreV1().RESTClient().Patch(types.MergePatchType).Namespace(c.cluster.Namespace).Resource("pods").
		Name(pod).SubResource("status").SetHeader("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1").
		Body([]byte(patch)).Do(ctx).Error()
}

// toss changes the word that a pod's state column shows for as little of the API server's time as can be: the status put
// whole and as protobuf, where a patch would be worked out in JSON.
func (c *crowd) toss(ctx context.Context, i, k int, word string) error {
	p := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name(i, k), Namespace: c.cluster.Namespace, Labels: labels(i)}}
	p.Status.Phase = corev1.PodPending
	p.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: chain.App, Image: "none.invalid/link:1",
		State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: word}}}}
	return c.clients.CoreV1().RESTClient().Put().Namespace(c.cluster.Namespace).Resource("pods").Name(p.Name).SubResource("status").
		SetHeader("Accept", "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1").Body(p).Do(ctx).Error()
}

// lighten drops what the API server keeps of who set which field: with it each update costs the server so much that it
// gets through no more than 150 to 180 a second on two cores.
func (c *crowd) lighten(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(32)
	for n := range c.links * c.pods {
		group.Go(func() error {
			_, err := c.clients.CoreV1().Pods(c.cluster.Namespace).Patch(ctx, name(n%c.links, n/c.links), types.MergePatchType,
				[]byte(`{"metadata":{"managedFields":[{}]}}`), metav1.PatchOptions{})
			return err
		})
	}
	return group.Wait()
}

// remove deletes the pods at once, and then the namespace.
func (c *crowd) remove(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	now := int64(0)
	_ = c.clients.CoreV1().Pods(c.cluster.Namespace).DeleteCollection(ctx, metav1.DeleteOptions{GracePeriodSeconds: &now}, metav1.ListOptions{})
	_ = c.clients.CoreV1().Namespaces().Delete(ctx, c.cluster.Namespace, metav1.DeleteOptions{})
}
