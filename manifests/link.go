package manifests

import (
	"strconv"

	apps "k8s.io/client-go/applyconfigurations/apps/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// RestartAnnotation on a pod template holds the token of the last redeploy; another token replaces the pods.
const RestartAnnotation = "chaintui.dev/restart"

func (b *builder) linkService(i int) {
	b.service("link-service.yaml", chain.ServiceName(i), Object{Part: PartLink, Link: i}, chain.Selector(i), chain.InstanceName(i))
}

func (b *builder) linkDeployment(i int) {
	d := read[apps.DeploymentApplyConfiguration]("link-deployment.yaml")
	labels := b.labels(PartLink, chain.InstanceName(i), chain.Selector(i))
	b.meta(d.ObjectMetaApplyConfiguration, chain.DeploymentName(i), labels)
	spec := d.Spec
	spec.WithReplicas(b.spec.ReplicasOf(i))
	spec.WithPaused(b.spec.Links[i].Paused) // also when it is not: someone else's pause is to be seen, and ended
	spec.Selector.MatchLabels = chain.Selector(i)
	spec.Template.WithLabels(labels)
	pod := spec.Template.Spec
	pod.TopologySpreadConstraints[0].LabelSelector.MatchLabels = chain.Selector(i)
	c := &pod.Containers[0]
	c.WithImage(b.spec.ImageOf(i))
	env(c.Env, "CHAIN_LINK_SERVICE_NAME", chain.ServiceName(i))
	env(c.Env, chain.SpansVariable, b.spec.SpansURL())
	env(c.Env, "CHAIN_LINK_SAMPLE_RATE", strconv.FormatFloat(b.spec.SampleRate, 'g', -1, 64))
	extras := b.spec.PodsOf(i)
	setPlacement(spec.Template, extras)
	if err := setResources(c, extras); err != nil {
		b.fail("link %d: %w", i, err)
	}
	if token := b.spec.RestartOf(i); token != "" {
		spec.Template.WithAnnotations(map[string]string{RestartAnnotation: token})
	}
	b.add(Object{ID: ID{Deployment, chain.DeploymentName(i)}, Part: PartLink, Link: i}, d)
}
