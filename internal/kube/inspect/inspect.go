// Package inspect shows objects as kubectl would: described, and as YAML.
package inspect

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubectl/pkg/describe"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// Inspector shows the objects of one namespace.
type Inspector struct{ Cluster *kube.Cluster }

// resources are the kinds that a chain consists of.
var resources = map[string]schema.GroupVersionResource{
	"Pod":           {Version: "v1", Resource: "pods"},
	"Service":       {Version: "v1", Resource: "services"},
	"ConfigMap":     {Version: "v1", Resource: "configmaps"},
	"Deployment":    {Group: "apps", Version: "v1", Resource: "deployments"},
	"ReplicaSet":    {Group: "apps", Version: "v1", Resource: "replicasets"},
	"NetworkPolicy": {Group: "networking.k8s.io", Version: "v1", Resource: "networkpolicies"},
}

// Describe is what `kubectl describe` prints, events included.
func (i Inspector) Describe(ctx context.Context, kind, name string) (string, error) {
	resource, ok := resources[kind]
	if !ok {
		return "", fmt.Errorf("%s can't be described here", kind)
	}
	describer, ok := describe.DescriberFor(schema.GroupKind{Group: resource.Group, Kind: kind}, i.Cluster.Config)
	if !ok {
		return "", fmt.Errorf("%s can't be described here", kind)
	}
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() { // the describer takes no context; its requests end by the client's own timeouts
		text, err := describer.Describe(i.Cluster.Namespace, name, describe.DescriberSettings{ShowEvents: true, ChunkSize: 500})
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return sanitise.Text(a.text), kube.Classify(a.err)
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// YAML is the object as the API server has it, without managedFields.
func (i Inspector) YAML(ctx context.Context, kind, name string) (string, error) {
	resource, ok := resources[kind]
	if !ok {
		return "", fmt.Errorf("%s can't be shown here", kind)
	}
	data, err := i.Cluster.Client.JSON(resource, i.Cluster.Namespace, name).DoRaw(ctx)
	if err != nil {
		return "", kube.Classify(err)
	}
	object := new(unstructured.Unstructured)
	if err := object.UnmarshalJSON(data); err != nil {
		return "", err
	}
	object.SetManagedFields(nil)
	text, err := yaml.Marshal(object.Object)
	return sanitise.Text(string(text)), err
}
