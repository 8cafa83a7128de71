package chain

// Tags that each span of a link carries beside Zipkin's http.*, so that a span can be joined to its pod, its node and
// what was done to the link on purpose. The first three are OpenTelemetry's names for them.
const (
	PodTag       = "k8s.pod.name"
	NodeTag      = "k8s.node.name"
	NamespaceTag = "k8s.namespace.name"
	FaultTag     = "chain.fault" // the fault in force, as Fault.String says it; absent without one
)
