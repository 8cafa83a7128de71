package manifests

import (
	"net/url"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

func (b *builder) linkPolicy(i int) {
	p := read("link-networkpolicy.yaml")
	b.meta(p, chain.InstanceName(i), b.labels(PartLink, chain.InstanceName(i), chain.Selector(i)))
	p.at("spec", "podSelector")["matchLabels"] = chain.Selector(i)
	if i+1 < len(b.spec.Links) {
		p.at("spec").add("egress", toPods(chain.Selector(i+1), chain.LinkPort))
	}
	if _, own := b.spec.OwnCollector(); own {
		p.at("spec").add("egress", toPods(chain.CollectorSelector(), chain.CollectorPort))
	} else {
		p.at("spec").add("egress", toURL(b.spec.Collector))
	}
	b.add(Object{ID: ID{NetworkPolicy, chain.InstanceName(i)}, Part: PartLink, Link: i}, p)
}

func (b *builder) loadPolicy() {
	p := read("loadgenerator-networkpolicy.yaml")
	b.meta(p, p.name(), b.labels(PartLoad, chain.LoadGenerator, chain.LoadSelector()))
	p.at("spec").add("egress", toPods(chain.Selector(0), chain.LinkPort))
	b.add(Object{ID: ID{NetworkPolicy, p.name()}, Part: PartLoad, Link: -1}, p)
}

func toPods(labels map[string]string, port int) tree {
	return tree{"ports": []any{tcp(port)}, "to": []any{tree{"podSelector": tree{"matchLabels": labels}}}}
}

// toURL lets a collector elsewhere be reached, on any peer: a policy can't name a host, and an address may be a Service's,
// which is another one by the time the policy counts. Its port may be translated too: Zipkin's own is let through as well.
func toURL(collector string) tree {
	port := 80
	if u, err := url.Parse(collector); err == nil { // the Spec was validated
		if u.Scheme == "https" {
			port = 443
		}
		if p, err := strconv.Atoi(u.Port()); err == nil {
			port = p
		}
	}
	ports := []any{tcp(port)}
	if port != chain.CollectorPort {
		ports = append(ports, tcp(chain.CollectorPort))
	}
	return tree{"ports": ports}
}

func tcp(port int) tree { return tree{"protocol": "TCP", "port": port} }
