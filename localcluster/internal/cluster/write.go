//go:build linux

package cluster

import (
	"os"
	"path/filepath"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

// write fills the cluster's folder with all that its components read.
func (c Cluster) write(r record) error {
	files, err := config.Files(r.Params)
	if err != nil {
		return err
	}
	if err := addKeys(files, r); err != nil {
		return err
	}
	for _, dir := range []string{"logs", "processes", "pods", "volumeplugins", "kubelet"} {
		if err := os.MkdirAll(c.path(dir), 0o755); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(c.path(name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(c.path(name), text, 0o600); err != nil {
			return err
		}
	}
	return writeJSON(c.path("cluster.json"), r)
}

// addKeys makes the cluster's certificates and the kubeconfigs that hold them.
func addKeys(files map[string][]byte, r record) error {
	now := time.Now()
	ca, err := pki.NewAuthority("localcluster-"+r.Params.Name, now)
	if err != nil {
		return err
	}
	add := func(name string, pair pki.Pair) {
		files["pki/"+name+".crt"], files["pki/"+name+".key"] = pair.Cert, pair.Key
	}
	add("ca", ca.Pair)
	accounts, err := pki.SigningKey()
	if err != nil {
		return err
	}
	add("sa", accounts)
	server, err := ca.Server("kube-apiserver", now, "127.0.0.1", config.NodeIP, config.APIService, "localhost",
		"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local")
	if err != nil {
		return err
	}
	add("apiserver", server)
	kubelet, err := ca.Server("kubelet", now, config.NodeIP, r.Params.Name)
	if err != nil {
		return err
	}
	add("kubelet", kubelet)
	loopback, err := ca.Server("loopback", now, "127.0.0.1", "localhost")
	if err != nil {
		return err
	}
	add("loopback", loopback)
	toKubelet, err := ca.Client("kube-apiserver", now, "system:masters")
	if err != nil {
		return err
	}
	add("apiserver-kubelet", toKubelet)
	admin, err := ca.Client("admin", now, "system:masters")
	if err != nil {
		return err
	}
	add("admin", admin)
	access := config.Access{Cluster: r.Params.Name, CA: ca.Cert}
	for _, identity := range config.Identities(r.Params) {
		access.User, access.Server = identity.User, "https://"+config.APIAddress
		if access.Pair, err = ca.Client(identity.User, now, identity.Groups...); err != nil {
			return err
		}
		if files[identity.File], err = config.Kubeconfig(access); err != nil {
			return err
		}
	}
	access.User, access.Server, access.Pair = "admin", r.Server, admin
	files["kubeconfig"], err = config.Kubeconfig(access)
	return err
}
