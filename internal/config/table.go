package config

import (
	"github.com/chaintui/chaintui/internal/chain"
)

// table is every setting there is. The names of the first deploys' oldest ones are the original's.
var table = []*Setting{
	{Name: "namespace", Short: "n", Group: Access, Default: chain.DefaultNamespace, Kind: Text,
		Help: "namespace of the chain; one holds one chain", check: chain.ValidateNamespace},
	{Name: "context", Group: Access, Kind: Text, Help: "context of the kubeconfig (default its current one)"},
	{Name: "kubeconfig", Group: Access, Kind: Text,
		Help: "kubeconfig file (default $KUBECONFIG, then ~/.kube/config, then the pod's own service account)"},
	{Name: "read-only", Group: Access, Default: "false", Kind: Boolean, Help: "refuse every change", check: isBool},
	{Name: "config-file", Group: Access, Kind: Text, NotInFile: true,
		Help: "configuration file, instead of the usual ones"},
	{Name: "zipkin-url", Group: Access, Kind: Text,
		Help: "read traces from this Zipkin-compatible server (default the chain's collector, through the API server)", check: isURL},

	{Name: "instances", Group: Chain, Default: "3", Kind: Integer, Help: "number of links", check: isLength,
		apply: func(s *chain.Spec, text string) error {
			n, err := length(text)
			if err == nil {
				s.Resize(n)
			}
			return err
		}},
	{Name: "chain-link-image", Group: Chain, Kind: Text, check: isImage, Help: "image of the links (default the build's own)",
		apply: func(s *chain.Spec, text string) error { s.Image = text; return nil }},
	{Name: "tools-image", Group: Chain, Kind: Text, check: isImage, Help: "image of the load generator and the built-in collector (default the build's own)",
		apply: func(s *chain.Spec, text string) error { s.ToolsImage = text; return nil }},
	{Name: "collector", Group: Chain, Default: chain.Builtin, Kind: Text, check: isCollector,
		Help:  "where spans go: builtin, zipkin, or the URL of a Zipkin-compatible server",
		apply: func(s *chain.Spec, text string) error { s.Collector = text; return nil }},
	{Name: "zipkin-image", Group: Chain, Default: chain.DefaultZipkinImage, Kind: Text, check: isImage, Help: "image of the collector when it is zipkin",
		apply: func(s *chain.Spec, text string) error { s.ZipkinImage = text; return nil }},
	{Name: "sample-rate", Group: Chain, Default: "1", Kind: Number, Help: "share of the requests that are traced, decided at the head", check: isShare,
		apply: func(s *chain.Spec, text string) (err error) { s.SampleRate, err = share(text); return err }},
	{Name: "network-policy", Group: Chain, Default: "true", Kind: Boolean, check: isBool,
		Help:  "let each pod reach only what its place in the chain needs",
		apply: func(s *chain.Spec, text string) (err error) { s.NetworkPolicy, err = boolean(text); return err }},
	{Name: "no-load", Group: Chain, Default: "false", Kind: Boolean, Help: "no load generator", check: isBool,
		apply: func(s *chain.Spec, text string) (err error) { s.NoLoad, err = boolean(text); return err }},
	{Name: "pod-security", Group: Chain, Default: chain.DefaultPodSecurity, Kind: Text, check: isPodSecurity,
		Help:  "Pod Security level that a namespace made here enforces: restricted, baseline, privileged, or none",
		apply: func(s *chain.Spec, text string) error { s.PodSecurity = text; return nil }},

	{Name: "rate", Group: Load, Default: "1", Kind: Number, Help: "load, in requests per second; 0 pauses it", check: isRate},
	{Name: "sleep-time", Group: Load, Kind: Number, Help: "the load as the original sets it: seconds between requests (rate = 1/s)", check: isSleep},

	{Name: "node-selector", Group: Pods, Kind: List, Help: "label=value that nodes need", check: arePairs,
		pods: func(p *chain.Pods, text string) (err error) { p.NodeSelector, err = pairs(text, ",\n"); return err }},
	{Name: "toleration", Group: Pods, Kind: List, Help: "taint that pods tolerate, as key[=value][:effect]", check: areTolerations,
		pods: func(p *chain.Pods, text string) (err error) { p.Tolerations, err = tolerations(text); return err }},
	{Name: "pull-secret", Group: Pods, Kind: List, Help: "Secret for pulling images",
		pods: func(p *chain.Pods, text string) error { p.PullSecrets = split(text, ",\n"); return nil }},
	{Name: "pod-annotation", Group: Pods, Kind: Lines, Help: "key=value to annotate pods with", check: areAnnotations,
		pods: func(p *chain.Pods, text string) (err error) { p.Annotations, err = pairs(text, "\n"); return err }},
	{Name: "cpu-request", Group: Pods, Kind: Text, Help: "CPU that a pod asks for, such as 5m", check: isQuantity,
		pods: func(p *chain.Pods, text string) error { p.CPURequest = text; return nil }},
	{Name: "cpu-limit", Group: Pods, Kind: Text, Help: "CPU that a pod may use (default no limit)", check: isQuantity,
		pods: func(p *chain.Pods, text string) error { p.CPULimit = text; return nil }},
	{Name: "memory-request", Group: Pods, Kind: Text, Help: "memory that a pod asks for, such as 24Mi", check: isQuantity,
		pods: func(p *chain.Pods, text string) error { p.MemoryRequest = text; return nil }},
	{Name: "memory-limit", Group: Pods, Kind: Text, Help: "memory that a pod may use, such as 128Mi", check: isQuantity,
		pods: func(p *chain.Pods, text string) error { p.MemoryLimit = text; return nil }},

	{Name: "timeout", Group: Run, Kind: Time, Help: "how long to wait (default deploy and other changes 5m, validate 60s)", check: isTimeout},
	{Name: "grace", Group: Run, Default: "20s", Kind: Time, Help: "how long a link may fail before it counts as broken", check: isTimeout},
	{Name: "verbose", Short: "v", Group: Run, Default: "false", Kind: Boolean, Help: "say more on stderr", check: isBool},
}
