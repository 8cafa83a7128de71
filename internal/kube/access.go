// Package kube reads the API server: how it is reached, what its errors mean, what the user may do, and the ways through
// it to Services and pods. What is known of a chain is in its subpackage state, kept up to date by watch; changes are
// made by write alone.
package kube

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/connrotation"

	"github.com/chaintui/chaintui/internal/chain"
)

// Options say which cluster, and how it may be used.
type Options struct {
	Kubeconfig string // file; empty for $KUBECONFIG, then ~/.kube/config, then the pod's own service account
	Context    string // empty for the kubeconfig's current one
	Namespace  string // empty for chain.DefaultNamespace
	ReadOnly   bool   // the writer refuses every change
	UserAgent  string // what the API server's audit log shows; empty for "chaintui"
	// NoPrompt, when not empty, keeps a credential plugin from asking on the terminal; it is the reason given when one
	// has to. Empty lets it ask.
	NoPrompt string
	// Warn gets the API server's warnings, such as deprecations; nil drops them. It is called from several goroutines.
	Warn func(text string)
}

// Cluster is a cluster within reach, as one user in one namespace. It is safe for concurrent use.
type Cluster struct {
	Config    *rest.Config // JSON, no client-side rate limit
	Client    *Client
	Lean      *Client      // pods come without what a watcher of chains never looks at
	HTTP      *http.Client // authenticated; shares its connections with the clients
	Context   string       // empty inside a cluster
	Namespace string
	User      string // the kubeconfig's name for the user; the API server may know another
	ReadOnly  bool

	dialer   *connrotation.Dialer
	requests *requests
}

const (
	dialTimeout = 4 * time.Second // a cluster that doesn't answer is told within 5 s
	keepAlive   = 15 * time.Second
	protobuf    = "application/vnd.kubernetes.protobuf"
)

// Connect reads the configuration and makes the clients. It does no network I/O: a cluster that can't be reached shows
// in the first request. Its errors are *NoContext and *BadConfig.
func Connect(opts Options) (*Cluster, error) {
	loader := loader(opts)
	raw, err := loader.RawConfig()
	if err != nil {
		return nil, &BadConfig{Err: err}
	}
	c := &Cluster{Context: opts.Context, Namespace: opts.Namespace, ReadOnly: opts.ReadOnly}
	if c.Context == "" {
		c.Context = raw.CurrentContext
	}
	if entry := raw.Contexts[c.Context]; entry != nil {
		c.User = entry.AuthInfo
	} else if c.Context != "" {
		return nil, &NoContext{Context: c.Context, Known: slices.Sorted(maps.Keys(raw.Contexts))}
	}
	if c.Namespace == "" {
		c.Namespace = chain.DefaultNamespace
	}
	if c.Config, err = loader.ClientConfig(); err != nil {
		if clientcmd.IsEmptyConfig(err) {
			return nil, &NoContext{Known: slices.Sorted(maps.Keys(raw.Contexts))}
		}
		return nil, &BadConfig{Err: err}
	}
	if err := c.prepare(opts); err != nil {
		return nil, &BadConfig{Err: err}
	}
	return c, nil
}

// loader reads kubeconfig files in kubectl's order.
func loader(opts Options) clientcmd.ClientConfig {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = opts.Kubeconfig
	rules.WarnIfAllMissing = false
	return clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{CurrentContext: opts.Context})
}

func (c *Cluster) prepare(opts Options) error {
	c.Config.QPS = -1 // the API server's own priority and fairness decides
	c.Config.UserAgent = opts.UserAgent
	if c.Config.UserAgent == "" {
		c.Config.UserAgent = chain.Manager
	}
	c.Config.WarningHandler = warnings(opts.Warn)
	if p := c.Config.ExecProvider; p != nil && opts.NoPrompt != "" {
		p.StdinUnavailable, p.StdinUnavailableMessage = true, opts.NoPrompt
	}
	c.dialer = newDialer()
	c.Config.Dial = c.dialer.DialContext
	var err error
	if c.HTTP, err = rest.HTTPClientFor(c.Config); err != nil {
		return err
	}
	c.requests = &requests{}
	c.HTTP.Transport = carried{c.requests, c.HTTP.Transport}
	typed := rest.CopyConfig(c.Config)
	typed.ContentType = protobuf
	typed.AcceptContentTypes = protobuf + ",application/json"
	decode := codecs.WithoutConversion()
	if c.Client, err = newClient(typed, c.HTTP, decode); err != nil {
		return err
	}
	c.Lean, err = newClient(typed, c.HTTP, leanCodecs{decode})
	return err
}

// In is the same cluster with another namespace. It shares the connections.
func (c *Cluster) In(namespace string) *Cluster {
	other := *c
	other.Namespace = namespace
	return &other
}

// Fresh is an HTTP client like HTTP that shares no connection with it: it tells a server that is down from a
// connection that is dead. hangUp closes its connections.
func (c *Cluster) Fresh() (client *http.Client, hangUp func(), err error) {
	dialer := newDialer()
	config := rest.CopyConfig(c.Config)
	config.Dial = dialer.DialContext
	client, err = rest.HTTPClientFor(config)
	return client, dialer.CloseAll, err
}

// newDialer keeps track of its connections, so that they can be closed whatever is under way on them.
func newDialer() *connrotation.Dialer {
	return connrotation.NewDialer((&net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}).DialContext)
}

// Disconnect closes every connection, whatever is under way on it. The clients open new ones as they need them.
func (c *Cluster) Disconnect() { c.dialer.CloseAll() }

// lingering is how long Close waits for requests whose contexts have ended.
const lingering = 500 * time.Millisecond

// Close is Disconnect for good: requests fail from now on, and those under way have ended, unless a credential plugin
// takes its time.
func (c *Cluster) Close() {
	c.requests.refuse()
	c.Disconnect()
	c.requests.wait(lingering)
}

// Contexts are the names of the kubeconfig's contexts, sorted.
func Contexts(opts Options) ([]string, error) {
	raw, err := loader(opts).RawConfig()
	if err != nil {
		return nil, &BadConfig{Err: err}
	}
	return slices.Sorted(maps.Keys(raw.Contexts)), nil
}

// BadConfig is a kubeconfig that can't be read or used.
type BadConfig struct{ Err error }

func (e *BadConfig) Error() string {
	if errors.Is(e.Err, os.ErrNotExist) {
		return fmt.Sprintf("the kubeconfig does not exist: %v; give another with --kubeconfig", e.Err)
	}
	return fmt.Sprintf("the kubeconfig can't be used: %v", e.Err)
}

// Unwrap is the cause.
func (e *BadConfig) Unwrap() error { return e.Err }
