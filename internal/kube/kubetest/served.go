package kubetest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chaintui/chaintui/internal/kube"
)

// Served is a cluster whose API server is at a URL, for what a real one won't do. Its user has the token "secret".
func Served(t *testing.T, url string, opts kube.Options) *kube.Cluster {
	t.Helper()
	opts.Kubeconfig = filepath.Join(t.TempDir(), "kubeconfig")
	text := fmt.Sprintf("{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}],"+
		" clusters: [{name: c, cluster: {server: %q}}], users: [{name: u, user: {token: secret}}]}", url)
	if err := os.WriteFile(opts.Kubeconfig, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := kube.Connect(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}
