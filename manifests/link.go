package manifests

import (
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

// restartAnnotation on a pod template holds the token of the last redeploy; another token replaces the pods.
const restartAnnotation = "chaintui.dev/restart"

func (b *builder) linkService(i int) {
	b.service("link-service.yaml", chain.ServiceName(i), Object{Part: PartLink, Link: i}, chain.Selector(i), chain.InstanceName(i))
}

func (b *builder) linkDeployment(i int) {
	d := read("link-deployment.yaml")
	labels := b.labels(PartLink, chain.InstanceName(i), chain.Selector(i))
	b.meta(d, chain.DeploymentName(i), labels)
	spec := d.at("spec")
	spec["replicas"] = b.spec.ReplicasOf(i)
	spec["paused"] = b.spec.Links[i].Paused // also when it is not: someone else's pause is to be seen, and ended
	spec.at("selector")["matchLabels"] = chain.Selector(i)
	d.template().at("metadata").with("labels", labels)
	d.pod().first("topologySpreadConstraints").at("labelSelector")["matchLabels"] = chain.Selector(i)
	c := d.pod().first("containers")
	c["image"] = b.spec.ImageOf(i)
	env(c, "CHAIN_LINK_SERVICE_NAME", chain.ServiceName(i))
	env(c, chain.SpansVariable, b.spec.SpansURL())
	env(c, "CHAIN_LINK_SAMPLE_RATE", strconv.FormatFloat(b.spec.SampleRate, 'g', -1, 64))
	extras := b.spec.PodsOf(i)
	setPlacement(d.template(), extras)
	if err := setResources(c, extras); err != nil {
		b.fail("link %d: %w", i, err)
	}
	if token := b.spec.RestartOf(i); token != "" {
		d.template().at("metadata").with("annotations", map[string]string{restartAnnotation: token})
	}
	b.add(Object{ID: ID{Deployment, chain.DeploymentName(i)}, Part: PartLink, Link: i}, d)
}
