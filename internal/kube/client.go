package kube

import (
	"context"
	"net/http"

	appsv1 "k8s.io/api/apps/v1"
	authn "k8s.io/api/authentication/v1"
	authz "k8s.io/api/authorization/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/rest"
)

// The kinds of these API groups are all that is read and written. client-go's clientset registers every group's when the
// program starts: a third of the program's file, and as much of its memory.
var (
	scheme     = runtime.NewScheme()
	codecs     = serializer.NewCodecFactory(scheme)
	parameters = runtime.NewParameterCodec(scheme)
	groups     = map[schema.GroupVersion]func(*runtime.Scheme) error{
		corev1.SchemeGroupVersion:        corev1.AddToScheme,
		appsv1.SchemeGroupVersion:        appsv1.AddToScheme,
		authn.SchemeGroupVersion:         authn.AddToScheme,
		authz.SchemeGroupVersion:         authz.AddToScheme,
		autoscalingv2.SchemeGroupVersion: autoscalingv2.AddToScheme,
		discoveryv1.SchemeGroupVersion:   discoveryv1.AddToScheme,
		networkingv1.SchemeGroupVersion:  networkingv1.AddToScheme,
	}
)

func init() {
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
	for _, add := range groups {
		utilruntime.Must(add(scheme))
	}
}

// Client reads and writes objects of the kinds that a chain consists of. It is safe for concurrent use.
type Client struct {
	apis map[schema.GroupVersion]rest.Interface
}

func newClient(config *rest.Config, transport *http.Client, codecs runtime.NegotiatedSerializer) (*Client, error) {
	c := &Client{apis: make(map[schema.GroupVersion]rest.Interface, len(groups))}
	for version := range groups {
		config := rest.CopyConfig(config)
		config.GroupVersion, config.NegotiatedSerializer = &version, codecs
		config.APIPath = "/apis"
		if version.Group == "" {
			config.APIPath = "/api"
		}
		api, err := rest.RESTClientForConfigAndClient(config, transport)
		if err != nil {
			return nil, err
		}
		c.apis[version] = api
	}
	return c, nil
}

// API makes requests to a group of the API; nil for one that is not among the groups above.
func (c *Client) API(group schema.GroupVersion) rest.Interface { return c.apis[group] }

// Core makes requests to the core API group, v1.
func (c *Client) Core() rest.Interface { return c.API(corev1.SchemeGroupVersion) }

// Namespaces are the cluster's.
func (c *Client) Namespaces() Resource[*corev1.Namespace, *corev1.NamespaceList] {
	return resource[corev1.Namespace, corev1.NamespaceList](c.Core(), "namespaces", "")
}

// Pods are those of a namespace.
func (c *Client) Pods(namespace string) Resource[*corev1.Pod, *corev1.PodList] {
	return resource[corev1.Pod, corev1.PodList](c.Core(), "pods", namespace)
}

// Services are those of a namespace.
func (c *Client) Services(namespace string) Resource[*corev1.Service, *corev1.ServiceList] {
	return resource[corev1.Service, corev1.ServiceList](c.Core(), "services", namespace)
}

// ConfigMaps are those of a namespace.
func (c *Client) ConfigMaps(namespace string) Resource[*corev1.ConfigMap, *corev1.ConfigMapList] {
	return resource[corev1.ConfigMap, corev1.ConfigMapList](c.Core(), "configmaps", namespace)
}

// Events are those of a namespace.
func (c *Client) Events(namespace string) Resource[*corev1.Event, *corev1.EventList] {
	return resource[corev1.Event, corev1.EventList](c.Core(), "events", namespace)
}

// Deployments are those of a namespace.
func (c *Client) Deployments(namespace string) Resource[*appsv1.Deployment, *appsv1.DeploymentList] {
	return resource[appsv1.Deployment, appsv1.DeploymentList](c.API(appsv1.SchemeGroupVersion), "deployments", namespace)
}

// ReplicaSets are those of a namespace.
func (c *Client) ReplicaSets(namespace string) Resource[*appsv1.ReplicaSet, *appsv1.ReplicaSetList] {
	return resource[appsv1.ReplicaSet, appsv1.ReplicaSetList](c.API(appsv1.SchemeGroupVersion), "replicasets", namespace)
}

// EndpointSlices are those of a namespace.
func (c *Client) EndpointSlices(namespace string) Resource[*discoveryv1.EndpointSlice, *discoveryv1.EndpointSliceList] {
	return resource[discoveryv1.EndpointSlice, discoveryv1.EndpointSliceList](c.API(discoveryv1.SchemeGroupVersion), "endpointslices", namespace)
}

// NetworkPolicies are those of a namespace.
func (c *Client) NetworkPolicies(namespace string) Resource[*networkingv1.NetworkPolicy, *networkingv1.NetworkPolicyList] {
	return resource[networkingv1.NetworkPolicy, networkingv1.NetworkPolicyList](c.API(networkingv1.SchemeGroupVersion), "networkpolicies", namespace)
}

// Autoscalers are the HorizontalPodAutoscalers of a namespace.
func (c *Client) Autoscalers(namespace string) Resource[*autoscalingv2.HorizontalPodAutoscaler, *autoscalingv2.HorizontalPodAutoscalerList] {
	api := c.API(autoscalingv2.SchemeGroupVersion)
	return resource[autoscalingv2.HorizontalPodAutoscaler, autoscalingv2.HorizontalPodAutoscalerList](api, "horizontalpodautoscalers", namespace)
}

// Logs asks for a container's log.
func (c *Client) Logs(namespace, pod string, opts *corev1.PodLogOptions) *rest.Request {
	return c.Core().Get().Namespace(namespace).Resource("pods").Name(pod).SubResource("log").VersionedParams(opts, parameters)
}

// JSON asks for the objects of any kind in a namespace, or for one by its name, as JSON.
func (c *Client) JSON(kind schema.GroupVersionResource, namespace string, name ...string) *rest.Request {
	path := []string{"/apis", kind.Group, kind.Version}
	if kind.Group == "" {
		path = []string{"/api", kind.Version}
	}
	path = append(path, "namespaces", namespace, kind.Resource)
	return c.Core().Get().AbsPath(append(path, name...)...).SetHeader("Accept", "application/json")
}

// self asks the API server for a review of who is asking.
func (c *Client) self(ctx context.Context) (*authn.SelfSubjectReview, error) {
	api := c.API(authn.SchemeGroupVersion)
	return resource[authn.SelfSubjectReview, authn.SelfSubjectReview](api, "selfsubjectreviews", "").
		Create(ctx, &authn.SelfSubjectReview{}, metav1.CreateOptions{})
}

// access asks the API server for a review of what who is asking may do.
func (c *Client) access(ctx context.Context, asked authz.ResourceAttributes) (allowed bool, err error) {
	api := c.API(authz.SchemeGroupVersion)
	review, err := resource[authz.SelfSubjectAccessReview, authz.SelfSubjectAccessReview](api, "selfsubjectaccessreviews", "").
		Create(ctx, &authz.SelfSubjectAccessReview{Spec: authz.SelfSubjectAccessReviewSpec{ResourceAttributes: &asked}}, metav1.CreateOptions{})
	return err == nil && review.Status.Allowed, err
}
