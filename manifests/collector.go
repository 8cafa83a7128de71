package manifests

import "github.com/chaintui/chaintui/internal/chain"

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
		p := read("collector-networkpolicy.yaml")
		b.meta(p, p.name(), labels)
		o.ID = ID{NetworkPolicy, p.name()}
		b.add(o, p)
	}
	file := "collector-deployment.yaml"
	if b.spec.Collector == chain.Zipkin {
		file = "zipkin-deployment.yaml"
	}
	d := read(file)
	b.workload(d, labels, image)
	// Not the user's requests and limits: those are meant for links, and a collector holds spans in memory.
	o.ID = ID{Deployment, chain.CollectorDeployment}
	b.add(o, d)
}

// workload sets what varies in the Deployments of collector and load generator.
func (b *builder) workload(d tree, labels map[string]string, image string) {
	b.meta(d, d.name(), labels)
	d.at("spec")["paused"] = false
	d.template().at("metadata").with("labels", labels)
	d.pod().first("containers")["image"] = image
	setPlacement(d.template(), b.spec.Pods)
}
