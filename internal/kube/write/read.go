package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/manifests"
)

// Read looks at the chain's objects: one LIST a kind. Its errors are kube's typed ones; a server that can't be reached
// is an error at once, because nothing was begun yet.
func (w *Writer) Read(ctx context.Context) (*Current, error) {
	c, err := w.readable(ctx)
	if err != nil {
		return nil, err
	}
	for _, kind := range slices.Sorted(maps.Keys(c.Hidden)) {
		return nil, c.Hidden[kind]
	}
	return c, nil
}

// readable is Read as far as the user may: kinds of objects that may not be listed are Hidden. Without the ConfigMaps nothing
// is known.
func (w *Writer) readable(ctx context.Context) (*Current, error) {
	r := &reader{Current: &Current{
		Namespace: w.namespace, Exists: true, ReleaseIDs: map[int]types.UID{},
		Objects: map[manifests.ID]Object{}, Hidden: map[manifests.Kind]error{}, Scaled: map[string]bool{},
	}}
	group, ctx := errgroup.WithContext(ctx)
	for _, part := range []struct {
		kind manifests.Kind // that may be hidden; empty for none
		read func(context.Context, *kube.Cluster) error
	}{
		{"", r.readNamespace},
		{manifests.Deployment, r.readDeployments},
		{manifests.Service, r.readServices},
		{manifests.NetworkPolicy, r.readPolicies},
		{"", r.readConfigMaps},
		{"", r.readPods},
		{"", r.readScalers},
	} {
		group.Go(func() error {
			one, cancel := context.WithTimeout(ctx, attempt)
			defer cancel()
			err := kube.Classify(part.read(one, w.cluster))
			if _, denied := errors.AsType[*kube.Forbidden](err); denied && part.kind != "" {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.Hidden[part.kind] = err
				return nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	slices.SortFunc(r.Releases, func(a, b chain.Release) int { return b.Number - a.Number })
	return r.Current, nil
}

// reader fills a Current from several goroutines.
type reader struct {
	mu sync.Mutex
	*Current
}

func (r *reader) readNamespace(ctx context.Context, c *kube.Cluster) error {
	ns, err := c.Client.Namespaces().Get(ctx, r.Namespace, metav1.GetOptions{})
	switch {
	case apierrors.IsForbidden(err):
		return nil // a user without rights on namespaces works in one that exists
	case apierrors.IsNotFound(err):
		r.Exists = false
		return nil
	case err != nil:
		return err
	}
	r.Ours = ours(ns.Labels, r.Namespace)
	r.Terminating = ns.Status.Phase == corev1.NamespaceTerminating
	r.NamespaceID = ns.UID
	return nil
}

func (r *reader) readDeployments(ctx context.Context, c *kube.Cluster) error {
	list, err := c.Client.Deployments(r.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		d := &list.Items[i]
		owns := ownsReplicas(d)
		if err := r.keep(manifests.Deployment, &d.ObjectMeta, d, isDeploymentName(d.Name), owns); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readServices(ctx context.Context, c *kube.Cluster) error {
	list, err := c.Client.Services(r.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		s := &list.Items[i]
		if err := r.keep(manifests.Service, &s.ObjectMeta, s, isServiceName(s.Name), false); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readPolicies(ctx context.Context, c *kube.Cluster) error {
	list, err := c.Client.NetworkPolicies(r.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		p := &list.Items[i]
		if err := r.keep(manifests.NetworkPolicy, &p.ObjectMeta, p, isPolicyName(p.Name), false); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readConfigMaps(ctx context.Context, c *kube.Cluster) error {
	list, err := c.Client.ConfigMaps(r.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		m := &list.Items[i]
		if strings.HasPrefix(m.Name, chain.ReleasePrefix) {
			release, err := chain.ParseRelease(m.Name, m.Data)
			r.mu.Lock()
			if n, ok := releaseNumber(m.Name); ok {
				r.Newest = max(r.Newest, n)
				r.ReleaseIDs[n] = m.UID
			}
			if err == nil { // one that can't be read is as if it were not there, but its number stays taken
				r.Releases = append(r.Releases, release)
			}
			r.mu.Unlock()
			continue
		}
		if m.Name == chain.ConfigMap {
			r.mu.Lock()
			r.Config = m.Data
			if r.Config == nil {
				r.Config = map[string]string{}
			}
			r.mu.Unlock()
		}
		if err := r.keep(manifests.ConfigMap, &m.ObjectMeta, m, m.Name == chain.ConfigMap, false); err != nil {
			return err
		}
	}
	return nil
}

// readPods looks for the original's bare load generator.
func (r *reader) readPods(ctx context.Context, c *kube.Cluster) error {
	pods, err := c.Client.Pods(r.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range pods.Items {
		if p.Name == chain.LoadGenerator && len(p.OwnerReferences) == 0 && p.Labels["app"] == chain.App {
			r.BarePod = p.UID
		}
	}
	return nil
}

// readScalers finds who else sets replicas. A user who may not look, or a cluster without autoscaling, has none.
func (r *reader) readScalers(ctx context.Context, c *kube.Cluster) error {
	list, err := c.Client.Autoscalers(r.Namespace).List(ctx, metav1.ListOptions{})
	if apierrors.IsForbidden(err) || apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range list.Items {
		if target := h.Spec.ScaleTargetRef; target.Kind == "Deployment" {
			r.Scaled[target.Name] = true
		}
	}
	return nil
}

// keep keeps an object that has a place in the chain, by its labels or by its name.
func (r *reader) keep(kind manifests.Kind, meta *metav1.ObjectMeta, object any, byName, ownsReplicas bool) error {
	managed := ours(meta.Labels, r.Namespace)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !managed && !byName {
		return nil
	}
	var added []string
	if kind == manifests.Deployment {
		added = additions(meta.ManagedFields)
	}
	meta.ManagedFields = nil
	body, err := json.Marshal(object)
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, meta.Name, err)
	}
	id := manifests.ID{Kind: kind, Name: meta.Name}
	r.Objects[id] = Object{ID: id, UID: meta.UID, Managed: managed, Deleting: meta.DeletionTimestamp != nil, Body: body,
		OwnsReplicas: ownsReplicas, Added: added}
	return nil
}
