package manifests

import "github.com/chaintui/chaintui/internal/chain"

func (b *builder) loadGenerator() {
	o := Object{Part: PartLoad, Link: -1}
	b.service("loadgenerator-service.yaml", chain.LoadGenerator, o, chain.LoadSelector(), chain.LoadGenerator)
	if b.spec.NetworkPolicy {
		b.loadPolicy()
	}
	d := read("loadgenerator-deployment.yaml")
	b.workload(d, b.labels(PartLoad, chain.LoadGenerator, chain.LoadSelector()), b.spec.ToolsImage)
	if err := setResources(d.pod().first("containers"), b.spec.Pods); err != nil {
		b.fail("load generator: %w", err)
	}
	o.ID = ID{Deployment, chain.LoadGenerator}
	b.add(o, d)
}
