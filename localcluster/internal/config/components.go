package config

// Component is one daemon of a cluster.
type Component struct {
	Name   string   // as users say it, and argv[0]: the control binary tells its parts apart by it
	Binary string   // file below Bin
	Args   []string // without argv[0]
	Health Health   // how to see that it works
}

// Health is an address to ask inside the cluster's network namespace. Without a
// URL it is enough that the address accepts a connection.
type Health struct {
	Network, Address string // as in net.Dial
	URL              string // answered with 200 when healthy; https is not verified
}

// Names of the components, in the order of their start.
const (
	Etcd              = "etcd"
	Containerd        = "containerd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Kubelet           = "kubelet"
	Proxy             = "kube-proxy"
	CoreDNS           = "coredns"
)

const (
	pkiDir   = State + "/pki/"
	apiQPS   = "--kube-api-qps=500" // the default of 20 requests/s is for clusters that others use too
	apiBurst = "--kube-api-burst=1000"
	control  = "control"
	// Without them each would make an RSA key at its start, which takes longer than all else that it does there.
	loopbackCert = "--tls-cert-file=" + pkiDir + "loopback.crt"
	loopbackKey  = "--tls-private-key-file=" + pkiDir + "loopback.key"
	noElection   = "--leader-elect=false" // one of each; and losing a lease would end it during an outage of the API server
)

func web(scheme, address, path string) Health {
	return Health{Network: "tcp", Address: address, URL: scheme + "://" + address + path}
}

// Components lists the daemons in the order of their start.
func Components(p Params) []Component {
	return []Component{
		{Name: Etcd, Binary: control, Health: web("http", "127.0.0.1:2379", "/health"), Args: []string{
			"--name=" + p.Name, "--data-dir=" + State + "/etcd",
			"--listen-client-urls=http://127.0.0.1:2379", "--advertise-client-urls=http://127.0.0.1:2379",
			"--listen-peer-urls=http://127.0.0.1:2380", "--initial-advertise-peer-urls=http://127.0.0.1:2380",
			"--initial-cluster=" + p.Name + "=http://127.0.0.1:2380",
			"--unsafe-no-fsync", "--log-level=warn",
			// Its only member elects itself after one to two of these: a second and more by default.
			"--heartbeat-interval=50", "--election-timeout=250",
		}},
		{Name: Containerd, Binary: "containerd", Health: Health{Network: "unix", Address: State + "/containerd.sock"}, Args: []string{
			"--config=" + State + "/containerd.toml",
		}},
		{Name: APIServer, Binary: control, Health: web("https", APIAddress, "/readyz"), Args: []string{
			"--etcd-servers=http://127.0.0.1:2379",
			"--bind-address=0.0.0.0", "--secure-port=6443", "--advertise-address=" + NodeIP,
			"--service-cluster-ip-range=" + ServiceCIDR,
			"--tls-cert-file=" + pkiDir + "apiserver.crt", "--tls-private-key-file=" + pkiDir + "apiserver.key",
			"--client-ca-file=" + pkiDir + "ca.crt",
			"--kubelet-client-certificate=" + pkiDir + "apiserver-kubelet.crt", "--kubelet-client-key=" + pkiDir + "apiserver-kubelet.key",
			"--kubelet-certificate-authority=" + pkiDir + "ca.crt",
			// Logs and exec would try to resolve the node's name otherwise.
			"--kubelet-preferred-address-types=InternalIP",
			"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
			"--service-account-key-file=" + pkiDir + "sa.crt", "--service-account-signing-key-file=" + pkiDir + "sa.key",
			"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
			"--allow-privileged=true", "--profiling=false",
		}},
		{Name: ControllerManager, Binary: control, Health: web("https", "127.0.0.1:10257", "/healthz"), Args: []string{
			"--kubeconfig=" + State + "/kube-controller-manager.kubeconfig",
			"--bind-address=127.0.0.1", loopbackCert, loopbackKey, noElection, "--use-service-account-credentials=true",
			"--service-account-private-key-file=" + pkiDir + "sa.key", "--root-ca-file=" + pkiDir + "ca.crt",
			"--cluster-signing-cert-file=" + pkiDir + "ca.crt", "--cluster-signing-key-file=" + pkiDir + "ca.key",
			apiQPS, apiBurst, "--profiling=false",
			// A node's first taints go at the next look: 5 s by default.
			"--node-monitor-period=500ms",
		}},
		{Name: Scheduler, Binary: control, Health: web("https", "127.0.0.1:10259", "/healthz"), Args: []string{
			"--kubeconfig=" + State + "/kube-scheduler.kubeconfig",
			"--bind-address=127.0.0.1", loopbackCert, loopbackKey, noElection, apiQPS, apiBurst, "--profiling=false",
		}},
		{Name: Kubelet, Binary: control, Health: web("http", "127.0.0.1:10248", "/healthz"), Args: []string{
			"--config=" + State + "/kubelet.yaml", "--kubeconfig=" + State + "/kubelet.kubeconfig",
			"--root-dir=" + State + "/kubelet", "--hostname-override=" + p.Name, "--node-ip=" + NodeIP,
		}},
		{Name: Proxy, Binary: control, Health: web("http", "127.0.0.1:10256", "/livez"), Args: []string{
			"--config=" + State + "/kube-proxy.yaml",
		}},
		{Name: CoreDNS, Binary: "dns", Health: web("http", "127.0.0.1:8181", "/ready"), Args: []string{
			"-conf=" + State + "/Corefile",
		}},
	}
}

// Identity is a client of the API server.
type Identity struct {
	File   string // kubeconfig below the state folder
	User   string
	Groups []string
}

// Identities lists the components' users; their rights are the API server's
// own bootstrap roles, and for CoreDNS those of the objects in package cluster.
func Identities(p Params) []Identity {
	return []Identity{
		{"kube-controller-manager.kubeconfig", "system:kube-controller-manager", nil},
		{"kube-scheduler.kubeconfig", "system:kube-scheduler", nil},
		{"kubelet.kubeconfig", "system:node:" + p.Name, []string{"system:nodes"}},
		{"kube-proxy.kubeconfig", "system:kube-proxy", nil},
		{"coredns.kubeconfig", "system:coredns", nil},
	}
}
