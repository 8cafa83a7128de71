package config

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"text/template"

	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

//go:embed files
var sources embed.FS

// targets says where in the state folder each file goes.
var targets = map[string]string{
	"kubelet.yaml":    "kubelet.yaml",
	"kube-proxy.yaml": "kube-proxy.yaml",
	"containerd.toml": "containerd.toml",
	"Corefile":        "Corefile",
	"resolv.conf":     "resolv.conf",
	"bridge.conflist": "cni/bridge.conflist",
}

// Files renders what the components read, keyed by the path below the state folder.
func Files(p Params) (map[string][]byte, error) {
	type fields struct {
		Params
		PauseImage string
	}
	files := map[string][]byte{}
	for source, target := range targets {
		text, err := render(source, fields{p, PauseImage})
		if err != nil {
			return nil, err
		}
		files[target] = text
	}
	return files, nil
}

// Access is one identity's way to the API server.
type Access struct {
	Cluster, User string
	Server        string // URL
	CA            []byte // PEM
	Pair          pki.Pair
}

// Kubeconfig renders a kubeconfig with everything inline; the context bears
// the cluster's name with a prefix, so that it is never mistaken for a real one.
func Kubeconfig(a Access) ([]byte, error) {
	encode := base64.StdEncoding.EncodeToString
	return render("kubeconfig.yaml", map[string]string{
		"Name": "localcluster-" + a.Cluster, "Context": "localcluster-" + a.Cluster, "User": a.User, "Server": a.Server,
		"CA": encode(a.CA), "Cert": encode(a.Pair.Cert), "Key": encode(a.Pair.Key),
	})
}

func render(source string, fields any) ([]byte, error) {
	text, err := fs.ReadFile(sources, "files/"+source)
	if err != nil {
		return nil, err
	}
	parsed, err := template.New(source).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, fields); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", source, err)
	}
	return out.Bytes(), nil
}
