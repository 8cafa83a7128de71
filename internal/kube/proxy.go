package kube

import (
	"fmt"
	"net/http"
	"net/url"

	"k8s.io/client-go/rest"
)

// URL is the API server's URL of a path below its root.
func (c *Cluster) URL(path ...string) (string, error) {
	base, _, err := rest.DefaultServerUrlFor(c.Config)
	if err != nil {
		return "", err
	}
	return base.JoinPath(path...).String(), nil
}

// ServiceProxy is the way to a Service's ready pods through the API server: paths are appended to base, which ends
// without a slash. It needs the right to get services/proxy (create, to POST), and no way into the cluster's network.
// The API server answers 503 when no pod is ready. Redirects are not followed: they would leave the proxy.
func (c *Cluster) ServiceProxy(service string, port int) (client *http.Client, base string) {
	name := url.PathEscape(fmt.Sprintf("%s:%d", service, port))
	base, err := c.URL("api/v1/namespaces", url.PathEscape(c.Namespace), "services", name, "proxy")
	if err != nil { // Connect made its clients from the same URL: it can't be wrong here
		base = "invalid:"
	}
	through := *c.HTTP
	through.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &through, base
}
