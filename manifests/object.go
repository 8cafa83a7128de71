package manifests

import (
	"encoding/json"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// Kind is one of the kinds that a chain consists of.
type Kind string

// The kinds of a chain's objects.
const (
	Namespace     Kind = "Namespace"
	ConfigMap     Kind = "ConfigMap"
	Service       Kind = "Service"
	Deployment    Kind = "Deployment"
	NetworkPolicy Kind = "NetworkPolicy"
)

var resources = map[Kind]schema.GroupVersionResource{
	Namespace:     {Version: "v1", Resource: "namespaces"},
	ConfigMap:     {Version: "v1", Resource: "configmaps"},
	Service:       {Version: "v1", Resource: "services"},
	Deployment:    {Group: "apps", Version: "v1", Resource: "deployments"},
	NetworkPolicy: {Group: "networking.k8s.io", Version: "v1", Resource: "networkpolicies"},
}

// Resource is where the API server keeps objects of this kind.
func (k Kind) Resource() schema.GroupVersionResource { return resources[k] }

// Part is the part of the chain that an object belongs to.
type Part string

// The parts of a chain. PartChain is what all of them share: the namespace and the ConfigMap.
const (
	PartChain     Part = "chain"
	PartLink      Part = "link"
	PartCollector Part = "collector"
	PartLoad      Part = "load-generator"
)

// ID names an object within its chain's namespace.
type ID struct {
	Kind Kind
	Name string
}

// String is the object as kubectl names it, such as deployment/chain-link-deployment-0.
func (id ID) String() string { return strings.ToLower(string(id.Kind)) + "/" + id.Name }

// Object is one object as server-side apply sends it: only the fields that are ours.
type Object struct {
	ID
	Namespace string // empty for a Namespace
	Part      Part
	Link      int    // index of the link it belongs to; -1 for the other parts
	Body      []byte // JSON, the same bytes for the same input
}

// YAML is the object as a file holds it.
func (o Object) YAML() ([]byte, error) { return yaml.JSONToYAML(o.Body) }

// WithoutReplicas is a Deployment without spec.replicas: whoever else owns that field keeps it.
func (o Object) WithoutReplicas() (Object, error) {
	var body map[string]any
	if err := json.Unmarshal(o.Body, &body); err != nil {
		return o, fmt.Errorf("%s: %w", o.ID, err)
	}
	if spec, ok := body["spec"].(map[string]any); ok {
		delete(spec, "replicas")
	}
	data, err := json.Marshal(body)
	if err != nil {
		return o, fmt.Errorf("%s: %w", o.ID, err)
	}
	o.Body = data
	return o, nil
}
