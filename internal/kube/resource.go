package kube

import (
	"context"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/rest"
)

// Resource reads and writes the objects of one kind, in one namespace or of the whole cluster, as client-go's typed
// clients do; the verbs' options are the API's own. Errors are the API server's: see Classify.
type Resource[O, L runtime.Object] struct {
	api             rest.Interface
	name, namespace string // namespace is empty for what is in none
	object          func() O
	list            func() L
}

// pointer is a pointer to a T that is an API object.
type pointer[T any] interface {
	*T
	runtime.Object
}

func resource[T, U any, O pointer[T], L pointer[U]](api rest.Interface, name, namespace string) Resource[O, L] {
	return Resource[O, L]{api: api, name: name, namespace: namespace, object: func() O { return new(T) }, list: func() L { return new(U) }}
}

// to directs a request at the objects, or at one of them.
func (r Resource[O, L]) to(request *rest.Request, name ...string) *rest.Request {
	request = request.NamespaceIfScoped(r.namespace, r.namespace != "").Resource(r.name)
	for _, n := range name {
		request = request.Name(n)
	}
	return request
}

// Get reads one.
func (r Resource[O, L]) Get(ctx context.Context, name string, opts metav1.GetOptions) (O, error) {
	object := r.object()
	return object, r.to(r.api.Get(), name).VersionedParams(&opts, parameters).Do(ctx).Into(object)
}

// List reads those that opts select.
func (r Resource[O, L]) List(ctx context.Context, opts metav1.ListOptions) (L, error) {
	list := r.list()
	return list, r.to(r.api.Get()).VersionedParams(&opts, parameters).Timeout(timeout(opts)).Do(ctx).Into(list)
}

// Watch streams the changes of those that opts select.
func (r Resource[O, L]) Watch(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error) {
	opts.Watch = true
	return r.to(r.api.Get()).VersionedParams(&opts, parameters).Timeout(timeout(opts)).Watch(ctx)
}

// timeout is how long the API server is asked to answer at most; 0 for as long as it likes.
func timeout(opts metav1.ListOptions) time.Duration {
	if opts.TimeoutSeconds == nil {
		return 0
	}
	return time.Duration(*opts.TimeoutSeconds) * time.Second
}

// Create makes one, and returns it as the API server has it then.
func (r Resource[O, L]) Create(ctx context.Context, object O, opts metav1.CreateOptions) (O, error) {
	made := r.object()
	return made, r.to(r.api.Post()).VersionedParams(&opts, parameters).Body(object).Do(ctx).Into(made)
}

// Patch changes one, and returns it as the API server has it then.
func (r Resource[O, L]) Patch(ctx context.Context, name string, kind types.PatchType, patch []byte, opts metav1.PatchOptions) (O, error) {
	changed := r.object()
	return changed, r.to(r.api.Patch(kind), name).VersionedParams(&opts, parameters).Body(patch).Do(ctx).Into(changed)
}

// Delete deletes one.
func (r Resource[O, L]) Delete(ctx context.Context, name string, opts metav1.DeleteOptions) error {
	return r.to(r.api.Delete(), name).Body(&opts).Do(ctx).Error()
}
