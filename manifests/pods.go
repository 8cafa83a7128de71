package manifests

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	core "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// setPlacement sets what users add to a pod: where it runs, how its image is pulled, its annotations.
func setPlacement(template *core.PodTemplateSpecApplyConfiguration, extras chain.Pods) {
	pod := template.Spec
	if len(extras.NodeSelector) > 0 {
		pod.WithNodeSelector(extras.NodeSelector)
	}
	for _, t := range extras.Tolerations {
		config := core.Toleration()
		if t.Key != "" {
			config.WithKey(t.Key)
		}
		if t.Operator != "" {
			config.WithOperator(corev1.TolerationOperator(t.Operator))
		}
		if t.Value != "" {
			config.WithValue(t.Value)
		}
		if t.Effect != "" {
			config.WithEffect(corev1.TaintEffect(t.Effect))
		}
		pod.WithTolerations(config)
	}
	seen := map[string]bool{} // the field is a set: a name given twice is refused
	for _, name := range extras.PullSecrets {
		if !seen[name] {
			pod.WithImagePullSecrets(core.LocalObjectReference().WithName(name))
		}
		seen[name] = true
	}
	if len(extras.Annotations) > 0 {
		template.WithAnnotations(extras.Annotations)
	}
}

// setResources lays the user's requests and limits over the file's.
func setResources(c *core.ContainerApplyConfiguration, extras chain.Pods) error {
	for _, q := range []struct {
		list  *corev1.ResourceList
		name  corev1.ResourceName
		value string
	}{
		{c.Resources.Requests, corev1.ResourceCPU, extras.CPURequest},
		{c.Resources.Requests, corev1.ResourceMemory, extras.MemoryRequest},
		{c.Resources.Limits, corev1.ResourceCPU, extras.CPULimit},
		{c.Resources.Limits, corev1.ResourceMemory, extras.MemoryLimit},
	} {
		if q.value == "" {
			continue
		}
		quantity, err := resource.ParseQuantity(q.value)
		if err != nil {
			return fmt.Errorf("%s %q: %w", q.name, q.value, err)
		}
		(*q.list)[q.name] = quantity
	}
	return nil
}
