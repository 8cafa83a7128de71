package chain

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Pods are what a user may add to the pods' template: where they run, what they may use, what they carry.
type Pods struct {
	NodeSelector  map[string]string `json:"nodeSelector,omitempty"`
	Tolerations   []Toleration      `json:"tolerations,omitempty"`
	PullSecrets   []string          `json:"pullSecrets,omitempty"` // names of Secrets in the chain's namespace
	Annotations   map[string]string `json:"annotations,omitempty"`
	CPURequest    string            `json:"cpuRequest,omitempty"` // Kubernetes quantities, such as 5m
	CPULimit      string            `json:"cpuLimit,omitempty"`   // none by default
	MemoryRequest string            `json:"memoryRequest,omitempty"`
	MemoryLimit   string            `json:"memoryLimit,omitempty"`
}

// Toleration is a pod's toleration of a node's taint, in the terms of core/v1.
type Toleration struct {
	Key      string `json:"key,omitempty"`
	Operator string `json:"operator,omitempty"` // Equal or Exists
	Value    string `json:"value,omitempty"`
	Effect   string `json:"effect,omitempty"` // NoSchedule, PreferNoSchedule, NoExecute, or all when empty
}

// Over is p with more laid over it: single values and map entries of more win, lists are joined.
func (p Pods) Over(more Pods) Pods {
	pick := func(base, over string) string {
		if over != "" {
			return over
		}
		return base
	}
	return Pods{
		NodeSelector:  merged(p.NodeSelector, more.NodeSelector),
		Tolerations:   slices.Concat(p.Tolerations, more.Tolerations),
		PullSecrets:   slices.Concat(p.PullSecrets, more.PullSecrets),
		Annotations:   merged(p.Annotations, more.Annotations),
		CPURequest:    pick(p.CPURequest, more.CPURequest),
		CPULimit:      pick(p.CPULimit, more.CPULimit),
		MemoryRequest: pick(p.MemoryRequest, more.MemoryRequest),
		MemoryLimit:   pick(p.MemoryLimit, more.MemoryLimit),
	}
}

func (p Pods) clone() Pods {
	p.NodeSelector, p.Annotations = maps.Clone(p.NodeSelector), maps.Clone(p.Annotations)
	p.Tolerations, p.PullSecrets = slices.Clone(p.Tolerations), slices.Clone(p.PullSecrets)
	return p
}

// quantity is the part of Kubernetes's resource quantities that people write: 5m, 0.5, 24Mi, 1G.
var quantity = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$`)

// Validate says which of the values can't be.
func (p Pods) Validate() error {
	var errs []error
	for _, q := range []struct{ name, value string }{
		{"CPU request", p.CPURequest}, {"CPU limit", p.CPULimit}, {"memory request", p.MemoryRequest}, {"memory limit", p.MemoryLimit},
	} {
		if q.value != "" && !quantity.MatchString(q.value) {
			errs = append(errs, fmt.Errorf("%s %q: want a quantity such as 50m or 64Mi", q.name, q.value))
		}
	}
	for _, t := range p.Tolerations {
		if !slices.Contains([]string{"", "Equal", "Exists"}, t.Operator) {
			errs = append(errs, fmt.Errorf("toleration of %q: operator %q; want Equal or Exists", t.Key, t.Operator))
		}
		if !slices.Contains([]string{"", "NoSchedule", "PreferNoSchedule", "NoExecute"}, t.Effect) {
			errs = append(errs, fmt.Errorf("toleration of %q: effect %q; want NoSchedule, PreferNoSchedule or NoExecute", t.Key, t.Effect))
		}
	}
	return errors.Join(errs...)
}
