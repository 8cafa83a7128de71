package chain

import (
	"net/url"
	"slices"
	"strings"
)

// SpansVariable is the environment variable that tells a link where it posts its spans.
const SpansVariable = "CHAIN_LINK_ZIPKIN_URL"

// CollectorOutside is the collector to whose API a URL of spans belongs, as a link in the namespace has it in SpansVariable;
// ok is false for the chain's own, and for what is no URL.
func CollectorOutside(spans, namespace string) (collector string, ok bool) {
	u, err := url.Parse(spans)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.TrimSuffix(strings.TrimSuffix(u.Hostname(), "."), ".cluster.local")
	own := []string{"", "." + namespace, "." + namespace + ".svc"}
	if within, ok := strings.CutPrefix(host, CollectorService); ok && slices.Contains(own, within) {
		return "", false
	}
	return strings.TrimSuffix(strings.TrimSuffix(spans, "/api/v2/spans"), "/"), true
}
