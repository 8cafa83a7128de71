package inspect

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/utils/ptr"
)

// environment is a container's, with what can be known of values that stand elsewhere.
func (p *page) environment(pod *corev1.Pod, c *corev1.Container) {
	if len(c.EnvFrom) > 0 {
		p.line(2, "Environment Variables from:")
	}
	for _, from := range c.EnvFrom {
		p.environmentFrom(&from)
	}
	if len(c.Env) == 0 {
		p.line(2, "Environment:", none)
		return
	}
	p.line(2, "Environment:")
	for _, e := range c.Env {
		if e.ValueFrom != nil {
			p.valueFrom(pod, c, &e)
			continue
		}
		p.list(3, e.Name, lines(e.Value))
	}
}

// environmentFrom is all that a ConfigMap or Secret has.
func (p *page) environmentFrom(from *corev1.EnvFromSource) {
	var kind, name string
	var may *bool
	switch {
	case from.ConfigMapRef != nil:
		kind, name, may = "ConfigMap", from.ConfigMapRef.Name, from.ConfigMapRef.Optional
	case from.SecretRef != nil:
		kind, name, may = "Secret", from.SecretRef.Name, from.SecretRef.Optional
	}
	if from.Prefix != "" {
		kind += " with prefix '" + from.Prefix + "'"
	}
	p.line(3, name, kind, optional(may))
}

func optional(may *bool) string { return fmt.Sprintf("Optional: %t", ptr.Deref(may, false)) }

// valueFrom is a value that stands elsewhere. One from a file is not shown, as kubectl doesn't.
func (p *page) valueFrom(pod *corev1.Pod, c *corev1.Container, e *corev1.EnvVar) {
	name := e.Name + ":"
	switch from := e.ValueFrom; {
	case from.FieldRef != nil:
		f := from.FieldRef
		p.line(3, name, fmt.Sprintf("%s (%s:%s)", podField(pod, f.FieldPath), f.APIVersion, f.FieldPath))
	case from.ResourceFieldRef != nil:
		p.line(3, name, fmt.Sprintf("%s (%s)", amount(from.ResourceFieldRef, &c.Resources), from.ResourceFieldRef.Resource))
	case from.SecretKeyRef != nil:
		s := from.SecretKeyRef
		p.line(3, name, fmt.Sprintf("<set to the key '%s' in secret '%s'>", s.Key, s.Name), optional(s.Optional))
	case from.ConfigMapKeyRef != nil:
		m := from.ConfigMapKeyRef
		p.line(3, name, fmt.Sprintf("<set to the key '%s' of config map '%s'>", m.Key, m.Name), optional(m.Optional))
	}
}

// podField is a field of the pod. Of all that the API has, kubectl knows these two.
func podField(pod *corev1.Pod, path string) string {
	switch path {
	case "metadata.name":
		return pod.Name
	case "metadata.namespace":
		return pod.Namespace
	}
	return ""
}

// amount is how many times the divisor, rounded up, goes into what the container asks for, or may use at most.
func amount(ref *corev1.ResourceFieldSelector, r *corev1.ResourceRequirements) string {
	of, name, _ := strings.Cut(ref.Resource, ".")
	list := map[string]corev1.ResourceList{"limits": r.Limits, "requests": r.Requests}[of]
	divisor := ref.Divisor
	if divisor.IsZero() {
		divisor = resource.MustParse("1")
	}
	quantity := list[corev1.ResourceName(name)]
	whole, part := float64(quantity.Value()), float64(divisor.Value())
	switch resource := corev1.ResourceName(name); {
	case of != "limits" && of != "requests":
		return ""
	case resource == corev1.ResourceCPU:
		whole, part = float64(quantity.MilliValue()), float64(divisor.MilliValue())
	case resource != corev1.ResourceMemory && resource != corev1.ResourceEphemeralStorage && !strings.HasPrefix(name, corev1.ResourceHugePagesPrefix):
		return ""
	}
	n := int64(math.Ceil(whole / part))
	if n == 0 && (ref.Resource == "limits.cpu" || ref.Resource == "limits.memory") {
		return "node allocatable"
	}
	return strconv.FormatInt(n, 10)
}
