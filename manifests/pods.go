package manifests

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/chaintui/chaintui/internal/chain"
)

// setPlacement sets what users add to a pod: where it runs, how its image is pulled, its annotations.
func setPlacement(template tree, extras chain.Pods) {
	pod := template.at("spec")
	if len(extras.NodeSelector) > 0 {
		pod.with("nodeSelector", extras.NodeSelector)
	}
	for _, t := range extras.Tolerations {
		given := tree{}
		for field, value := range map[string]string{"key": t.Key, "operator": t.Operator, "value": t.Value, "effect": t.Effect} {
			if value != "" {
				given[field] = value
			}
		}
		pod.add("tolerations", given)
	}
	seen := map[string]bool{} // the field is a set: a name given twice is refused
	for _, name := range extras.PullSecrets {
		if !seen[name] {
			pod.add("imagePullSecrets", tree{"name": name})
		}
		seen[name] = true
	}
	if len(extras.Annotations) > 0 {
		template.at("metadata").with("annotations", extras.Annotations)
	}
}

// setResources lays the user's requests and limits over the file's.
func setResources(container tree, extras chain.Pods) error {
	for _, q := range []struct{ list, name, value string }{
		{"requests", "cpu", extras.CPURequest},
		{"requests", "memory", extras.MemoryRequest},
		{"limits", "cpu", extras.CPULimit},
		{"limits", "memory", extras.MemoryLimit},
	} {
		if q.value == "" {
			continue
		}
		quantity, err := resource.ParseQuantity(q.value)
		if err != nil {
			return fmt.Errorf("%s %q: %w", q.name, q.value, err)
		}
		container.at("resources", q.list)[q.name] = quantity.String()
	}
	return nil
}
