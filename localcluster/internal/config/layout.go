// Package config says what a cluster is made of: its addresses, the files that
// its components read, and the command line of each. It is pure: parameters in,
// text out.
package config

// Inside the cluster's namespaces its state folder and its programs have the
// same short paths whatever the cluster is called: a unix socket's path is
// limited to 108 bytes, and the files of two clusters differ in little but the
// name.
const (
	State = "/run/lc"  // the cluster's folder below the host's state folder
	Bin   = "/run/bin" // the programs that were built for it
)

// Addresses inside the cluster's network namespace. Clusters never see each
// other's, so all use the same.
const (
	NodeIP      = "172.31.255.1"
	APIAddress  = NodeIP + ":6443"
	ServiceCIDR = "10.96.0.0/16"
	PodCIDR     = "10.244.0.0/16"
	APIService  = "10.96.0.1"
	DNSService  = "10.96.0.10"
)

// PauseImage is the sandbox image of every pod.
const PauseImage = "docker.io/localcluster/pause:1"

// Version is the Kubernetes version that go.mod asks for.
const Version = "v1.36.3"

// Params is what two clusters differ in.
type Params struct {
	Name   string // the cluster, its node and its kubeconfig context
	Cgroup string // absolute path below every cgroup hierarchy, as in /chaintui-lc-dev
	Runc   string // absolute path of the runc program
}
