package manifests

import (
	"encoding/json"
	"fmt"

	"github.com/chaintui/chaintui/internal/chain"
)

// podSecurityLabel makes a namespace enforce a Pod Security level.
const podSecurityLabel = "pod-security.kubernetes.io/enforce"

// Objects are all objects of a chain in the order in which they are applied: the namespace if the chain has one of its
// own (Spec.CreatedNS), ConfigMap, Services, collector, then each link's policy and Deployment, head first, and the load
// generator last. live.Order is what the ConfigMap will say, which during a resize is not yet the Spec's.
func Objects(spec chain.Spec, namespace string, live chain.Live) ([]Object, error) {
	b := &builder{spec: spec, namespace: namespace}
	if spec.CreatedNS {
		b.namespaceObject()
	}
	b.configMap(live.Data())
	for i := range spec.Links {
		b.linkService(i)
	}
	b.collector()
	for i := range spec.Links {
		if spec.NetworkPolicy {
			b.linkPolicy(i)
		}
		b.linkDeployment(i)
	}
	if !spec.NoLoad {
		b.loadGenerator()
	}
	return b.objects, b.err
}

// ConfigMapObject is the chain's ConfigMap alone, as Objects has it, with that data.
func ConfigMapObject(namespace string, data map[string]string) (Object, error) {
	b := &builder{namespace: namespace}
	b.configMap(data)
	if b.err != nil {
		return Object{}, b.err
	}
	return b.objects[0], nil
}

// NamespaceObject is the namespace as a deploy creates it.
func NamespaceObject(spec chain.Spec, namespace string) (Object, error) {
	b := &builder{spec: spec, namespace: namespace}
	b.namespaceObject()
	if b.err != nil {
		return Object{}, b.err
	}
	return b.objects[0], nil
}

// builder collects the objects of one chain; its first error stays.
type builder struct {
	spec      chain.Spec
	namespace string
	objects   []Object
	err       error
}

func (b *builder) add(o Object, object tree) {
	if b.err != nil {
		return
	}
	o.Namespace = b.namespace
	if o.Kind == Namespace {
		o.Namespace = ""
	}
	if o.Body, b.err = json.Marshal(object); b.err != nil {
		b.err = fmt.Errorf("%s: %w", o.ID, b.err)
	}
	b.objects = append(b.objects, o)
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

// Labels that every object of ours carries: they are the inventory that prune and delete go by.
func Labels(namespace string) map[string]string {
	return map[string]string{
		chain.ManagedByLabel: chain.Manager,
		chain.PartOfLabel:    namespace,
	}
}

// labels are an object's labels: the inventory's, Kubernetes's recommended ones, and those that it is selected by.
func (b *builder) labels(part Part, instance string, more map[string]string) map[string]string {
	labels := Labels(b.namespace)
	labels["app.kubernetes.io/name"] = chain.App
	labels["app.kubernetes.io/component"] = string(part)
	if instance != "" {
		labels["app.kubernetes.io/instance"] = instance
	}
	for k, v := range more {
		labels[k] = v
	}
	return labels
}

func (b *builder) meta(object tree, name string, labels map[string]string) {
	m := object.at("metadata")
	m["name"], m["namespace"] = name, b.namespace
	m.with("labels", labels)
}

func (b *builder) namespaceObject() {
	ns := read("namespace.yaml")
	m := ns.at("metadata")
	m["name"] = b.namespace
	delete(m.at("labels"), podSecurityLabel)
	m.with("labels", Labels(b.namespace))
	if level := b.spec.PodSecurity; level != "none" && level != "" {
		m.with("labels", map[string]string{podSecurityLabel: level})
	}
	b.add(Object{ID: ID{Namespace, b.namespace}, Part: PartChain, Link: -1}, ns)
}

func (b *builder) configMap(data map[string]string) {
	c := read("configmap.yaml")
	b.meta(c, chain.ConfigMap, b.labels(PartChain, "", nil))
	c["data"] = data
	b.add(Object{ID: ID{ConfigMap, chain.ConfigMap}, Part: PartChain, Link: -1}, c)
}

// service adds a Service made from an embedded file.
func (b *builder) service(file, name string, o Object, selector map[string]string, instance string) {
	s := read(file)
	o.ID = ID{Service, name}
	b.meta(s, name, b.labels(o.Part, instance, selector))
	s.at("spec")["selector"] = selector
	b.add(o, s)
}

// env sets a variable that the file already names; the file says which there are.
func env(container tree, name, value string) {
	for _, v := range container["env"].([]any) {
		if v := v.(map[string]any); v["name"] == name {
			v["value"] = value
			return
		}
	}
	panic("manifests: no variable " + name)
}
