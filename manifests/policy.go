package manifests

import (
	"net/url"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	meta "k8s.io/client-go/applyconfigurations/meta/v1"
	networking "k8s.io/client-go/applyconfigurations/networking/v1"

	"github.com/chaintui/chaintui/internal/chain"
)

func (b *builder) linkPolicy(i int) {
	p := read[networking.NetworkPolicyApplyConfiguration]("link-networkpolicy.yaml")
	b.meta(p.ObjectMetaApplyConfiguration, chain.InstanceName(i), b.labels(PartLink, chain.InstanceName(i), chain.Selector(i)))
	p.Spec.PodSelector.MatchLabels = chain.Selector(i)
	if i+1 < len(b.spec.Links) {
		p.Spec.WithEgress(toPods(chain.Selector(i+1), chain.LinkPort))
	}
	if _, own := b.spec.OwnCollector(); own {
		p.Spec.WithEgress(toPods(chain.CollectorSelector(), chain.CollectorPort))
	} else {
		p.Spec.WithEgress(toURL(b.spec.Collector))
	}
	b.add(Object{ID: ID{NetworkPolicy, chain.InstanceName(i)}, Part: PartLink, Link: i}, p)
}

func (b *builder) loadPolicy() {
	p := read[networking.NetworkPolicyApplyConfiguration]("loadgenerator-networkpolicy.yaml")
	b.meta(p.ObjectMetaApplyConfiguration, *p.Name, b.labels(PartLoad, chain.LoadGenerator, chain.LoadSelector()))
	p.Spec.WithEgress(toPods(chain.Selector(0), chain.LinkPort))
	b.add(Object{ID: ID{NetworkPolicy, *p.Name}, Part: PartLoad, Link: -1}, p)
}

func toPods(labels map[string]string, port int) *networking.NetworkPolicyEgressRuleApplyConfiguration {
	return networking.NetworkPolicyEgressRule().
		WithPorts(tcp(port)).
		WithTo(networking.NetworkPolicyPeer().WithPodSelector(meta.LabelSelector().WithMatchLabels(labels)))
}

// toURL lets a collector elsewhere be reached, on any peer: a policy can't name a host, and an address may be a Service's,
// which is another one by the time the policy counts. Its port may be translated too: Zipkin's own is let through as well.
func toURL(collector string) *networking.NetworkPolicyEgressRuleApplyConfiguration {
	port := 80
	if u, err := url.Parse(collector); err == nil { // the Spec was validated
		if u.Scheme == "https" {
			port = 443
		}
		if p, err := strconv.Atoi(u.Port()); err == nil {
			port = p
		}
	}
	rule := networking.NetworkPolicyEgressRule().WithPorts(tcp(port))
	if port != chain.CollectorPort {
		rule.WithPorts(tcp(chain.CollectorPort))
	}
	return rule
}

func tcp(port int) *networking.NetworkPolicyPortApplyConfiguration {
	return networking.NetworkPolicyPort().WithProtocol(corev1.ProtocolTCP).WithPort(intstr.FromInt(port))
}
