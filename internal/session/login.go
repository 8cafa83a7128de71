package session

import (
	"context"
	"sync"

	"github.com/chaintui/chaintui/internal/kube"
)

// Logins are the contexts of the kubeconfig that the user has logged in to. Their sessions are opened with the same
// configuration as the login, so that they find the credentials of a plugin that keeps none itself.
type Logins struct {
	mu       sync.Mutex
	contexts map[string]bool
}

// LogIn lets the credential plugin of a context ask on the terminal, which is to be os.Stdin and os.Stderr meanwhile.
func (o Options) LogIn(ctx context.Context, kubeContext, namespace string) error {
	cluster, err := o.connect(kubeContext, namespace, true)
	if err != nil {
		return err
	}
	defer cluster.Close()
	err = cluster.LogIn(ctx)
	if !kube.Is[*kube.Unauthorized](err) { // a server that can't be reached now is no reason to ask again
		o.Logins.add(kubeContext)
		o.Logins.add(cluster.Context)
	}
	return err
}

// connect connects to a context's cluster. Plugins may ask when the user logs in, or has.
func (o Options) connect(kubeContext, namespace string, ask bool) (*kube.Cluster, error) {
	options := o.Kube
	options.Context, options.Namespace = kubeContext, namespace
	if ask {
		options.NoPrompt = ""
	}
	return kube.Connect(options)
}

func (l *Logins) add(kubeContext string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.contexts == nil {
		l.contexts = map[string]bool{}
	}
	l.contexts[kubeContext] = true
}

func (l *Logins) has(kubeContext string) bool {
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.contexts[kubeContext]
}
