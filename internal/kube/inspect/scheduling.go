package inspect

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// scheduling is which nodes the pod may go to.
func (p *page) scheduling(spec *corev1.PodSpec) {
	p.list(0, "Node-Selectors", labels(spec.NodeSelector))
	p.list(0, "Tolerations", tolerations(spec.Tolerations))
	if len(spec.TopologySpreadConstraints) > 0 {
		p.list(0, "Topology Spread Constraints", spreads(spec.TopologySpreadConstraints))
	}
	if spec.SchedulingGroup != nil {
		p.line(0, "SchedulingGroup:")
		p.fields(1, field{"PodGroupName", ptr.Deref(spec.SchedulingGroup.PodGroupName, "")})
	}
}

func tolerations(all []corev1.Toleration) (values []string) {
	for _, t := range sorted(all, func(t corev1.Toleration) string { return t.Key }) {
		text := t.Key
		if t.Value != "" {
			text += "=" + t.Value
		}
		if t.Effect != "" {
			text += ":" + string(t.Effect)
		}
		if t.Operator == corev1.TolerationOpExists && t.Value == "" {
			if text != "" {
				text += " "
			}
			text += "op=Exists"
		}
		if t.TolerationSeconds != nil {
			text += " for " + seconds(*t.TolerationSeconds)
		}
		values = append(values, text)
	}
	return values
}

func spreads(all []corev1.TopologySpreadConstraint) (values []string) {
	for _, c := range sorted(all, func(c corev1.TopologySpreadConstraint) string { return c.TopologyKey }) {
		text := fmt.Sprintf("%s:%s when max skew %d is exceeded", c.TopologyKey, c.WhenUnsatisfiable, c.MaxSkew)
		if c.LabelSelector != nil {
			text += " for selector " + metav1.FormatLabelSelector(c.LabelSelector)
		}
		values = append(values, text)
	}
	return values
}

func seconds(n int64) string { return fmt.Sprintf("%ds", n) }
