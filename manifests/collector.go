package manifests

import (
	apps "k8s.io/client-go/applyconfigurations/apps/v1"
	networking "k8s.io/client-go/applyconfigurations/networking/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

// collector adds the chain's own collector; nothing when its spans go elsewhere.
func (b *builder) collector() {
	image, own := b.spec.OwnCollector()
	if !own {
		return
	}
	o := Object{Part: PartCollector, Link: -1}
	b.service("collector-service.yaml", chain.CollectorService, o, chain.CollectorSelector(), "zipkin")
	labels := b.labels(PartCollector, "zipkin", chain.CollectorSelector())
	if b.spec.NetworkPolicy {
		p := read[networking.NetworkPolicyApplyConfiguration]("collector-networkpolicy.yaml")
		b.meta(p.ObjectMetaApplyConfiguration, *p.Name, labels)
		o.ID = ID{NetworkPolicy, *p.Name}
		b.add(o, p)
	}
	file := "collector-deployment.yaml"
	if b.spec.Collector == chain.Zipkin {
		file = "zipkin-deployment.yaml"
	}
	d := read[apps.DeploymentApplyConfiguration](file)
	b.workload(d, labels, image)
	// Not the user's requests and limits: those are meant for links, and a collector holds spans in memory.
	o.ID = ID{Deployment, chain.CollectorDeployment}
	b.add(o, d)
}

// workload sets what varies in the Deployments of collector and load generator.
func (b *builder) workload(d *apps.DeploymentApplyConfiguration, labels map[string]string, image string) {
	b.meta(d.ObjectMetaApplyConfiguration, *d.Name, labels)
	d.Spec.WithPaused(false)
	d.Spec.Template.WithLabels(labels)
	d.Spec.Template.Spec.Containers[0].WithImage(image)
	setPlacement(d.Spec.Template, b.spec.Pods)
}
