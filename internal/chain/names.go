// Package chain is the domain: what a chain is, what its objects are called, and which settings change while it runs.
// It is pure and imports nothing of ours. Names on the wire and in the cluster are those of the older chain-link
// project, so that either side's image can stand in for the other's.
package chain

import (
	"fmt"
	"strconv"
	"strings"
)

// Names and ports of a chain's objects. One namespace holds one chain, called as its namespace.
const (
	App                 = "chain-link"          // label app of every pod, and the links' container
	ServicePrefix       = "chain-link-service-" // followed by the link's index
	DeployPrefix        = "chain-link-deployment-"
	ConfigMap           = "chain-link-services"    // order and live settings, mounted by each link
	ConfigDir           = "/etc/chain-link.conf.d" // where it is mounted; never a subPath, or it would not refresh
	ReleasePrefix       = "chain-link-release-"    // followed by the release's number
	CollectorDeployment = "zipkin-deployment"      // the collector's Deployment
	CollectorService    = "zipkin-service"         // and its Service
	LoadGenerator       = "loadgenerator"          // the load generator's Deployment and Service
	Manager             = "chaintui"               // field manager, and the value of ManagedByLabel
	ManagedByLabel      = "app.kubernetes.io/managed-by"
	PartOfLabel         = "app.kubernetes.io/part-of"
	SyncAnnotation      = "chaintui.dev/config" // on a pod: the digest of the configuration its kubelet should fetch now

	LinkPort      = 8000 // the links' and the load generator's container port
	CollectorPort = 9411
	ServicePort   = 80 // of every Service
)

// ServiceName is the Service of link i, and the service name of its spans.
func ServiceName(i int) string { return ServicePrefix + strconv.Itoa(i) }

// DeploymentName is the Deployment of link i.
func DeploymentName(i int) string { return DeployPrefix + strconv.Itoa(i) }

// InstanceName is the short name of link i, used on screen and in the label instance-name.
func InstanceName(i int) string { return App + "-" + strconv.Itoa(i) }

// Index reads the link's index out of its service, deployment or instance name, or plain number.
// ok is false for anything else, such as a leading zero or a sign.
func Index(name string) (i int, ok bool) {
	digits := name
	for _, prefix := range []string{ServicePrefix, DeployPrefix, App + "-"} {
		if rest, found := strings.CutPrefix(name, prefix); found {
			digits = rest
			break
		}
	}
	i, err := strconv.Atoi(digits)
	return i, err == nil && i >= 0 && strconv.Itoa(i) == digits
}

// ReleaseName is the ConfigMap of release n.
func ReleaseName(n int) string { return ReleasePrefix + strconv.Itoa(n) }

// Selector is the set of four labels that the original put on a link's pods, and that its Deployment's immutable
// selector therefore has to keep exactly.
func Selector(i int) map[string]string {
	return map[string]string{
		"app":           App,
		"instance":      strconv.Itoa(i),
		"instance-name": InstanceName(i),
		"service-name":  ServiceName(i),
	}
}

// CollectorSelector is the collector's pod labels.
func CollectorSelector() map[string]string {
	return map[string]string{"app": App, "instance": "zipkin"}
}

// LoadSelector is the load generator's pod labels.
func LoadSelector() map[string]string {
	return map[string]string{"app": App, "service": LoadGenerator}
}

// ParseLink reads a link as a user names it: its index or any of its names, of a chain of n links.
func ParseLink(name string, n int) (int, error) {
	i, ok := Index(name)
	switch {
	case !ok:
		return 0, fmt.Errorf("%q is no link: give its index (0 to %d) or its name, such as %s", name, n-1, ServiceName(0))
	case i >= n:
		return 0, fmt.Errorf("link %d is not in the chain: its links are 0 to %d", i, n-1)
	}
	return i, nil
}
