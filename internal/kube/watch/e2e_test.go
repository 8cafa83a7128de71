//go:build e2e

package watch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

func start(t *testing.T, c *kube.Cluster) *watch.Watcher {
	ctx, cancel := context.WithCancel(context.Background())
	w := watch.Start(ctx, c)
	t.Cleanup(func() {
		cancel()
		<-w.Stopped()
	})
	return w
}

// until waits for a Snapshot, and logs how long that took.
func until(t *testing.T, w *watch.Watcher, within time.Duration, what string, is func(*state.Snapshot) bool) {
	t.Helper()
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	if err := w.Wait(ctx, func(s *state.Snapshot) (bool, error) { return is(s), nil }); err != nil {
		s := w.Latest()
		for _, l := range s.Links {
			t.Logf("link %d: %s %s %s", l.Index, l.Status, l.Reason, l.Message)
		}
		t.Fatalf("not %s within %v: %v; connection %+v", what, within, err, s.Conn)
	}
	t.Logf("%s after %v", what, time.Since(began).Round(time.Millisecond))
}

func live(s *state.Snapshot) bool  { return s.Conn.Phase == state.Live }
func stale(s *state.Snapshot) bool { return s.Conn.Phase == state.Stale }

// TestChainAppears: from nothing to a chain with a link that can't start, and its removal.
func TestChainAppears(t *testing.T) {
	c := kubetest.Cluster(t)
	w := start(t, c)
	until(t, w, 3*time.Second, "live", live)
	if s := w.Latest(); s.Origin != state.None || s.NoNamespace {
		t.Fatalf("got %+v; want an empty namespace that exists", s)
	}
	kubetest.Order(t, c, 3)
	until(t, w, 2*time.Second, "three links missing", func(s *state.Snapshot) bool {
		return len(s.Links) == 3 && s.Links[0].Status == state.Missing
	})
	kubetest.Link(t, c, 0, 2)
	kubetest.Link(t, c, 1, 1, "no-such-command")
	until(t, w, 30*time.Second, "link 0 ready with endpoints", func(s *state.Snapshot) bool {
		l := s.Links[0]
		return l.Status == state.Ready && l.Endpoints == 2 && len(l.Pods) == 2 && l.Pods[0].State == "Running" && l.HasService
	})
	until(t, w, 30*time.Second, "link 1 failing by its crash loop", func(s *state.Snapshot) bool {
		l := s.Links[1]
		return l.Status == state.Failing && l.Reason == "CrashLoopBackOff" && l.Container == chain.App && l.Pod != "" && l.Restarts > 0
	})
	until(t, w, 5*time.Second, "events of link 1", func(s *state.Snapshot) bool {
		for _, e := range s.Events {
			if e.Link == 1 && e.Warning && e.Reason == "BackOff" {
				return true
			}
		}
		return false
	})
	if err := kubetest.Clientset(c).AppsV1().Deployments(c.Namespace).Delete(t.Context(), chain.DeploymentName(0), metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	until(t, w, 20*time.Second, "link 0 gone", func(s *state.Snapshot) bool { return s.Links[0].Status == state.Missing && len(s.Links[0].Pods) == 0 })
}

func TestNoNamespace(t *testing.T) {
	w := start(t, kubetest.Cluster(t).In("no-such-namespace-here"))
	until(t, w, 5*time.Second, "namespace known to be missing", func(s *state.Snapshot) bool { return live(s) && s.NoNamespace })
}

// TestUnreachable: a server that isn't there is told within 5 s, and is no reason to end.
func TestUnreachable(t *testing.T) {
	c, err := kube.Connect(kube.Options{Kubeconfig: kubetest.Kubeconfig(t, func(config *clientcmdapi.Config) {
		for _, cluster := range config.Clusters {
			cluster.Server = "https://127.0.0.1:1"
		}
	})})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Disconnect()
	w := start(t, c)
	until(t, w, 5*time.Second, "known to be out of reach", func(s *state.Snapshot) bool {
		return s.Conn.Phase == state.Connecting && kube.Is[*kube.Unreachable](s.Conn.Cause)
	})
}

// TestForbidden: rights that are missing are named, and what may be read is read.
func TestForbidden(t *testing.T) {
	c := kubetest.Cluster(t)
	kubetest.Order(t, c, 1)
	kubetest.Link(t, c, 0, 1)
	user := "viewer-" + c.Namespace
	viewer := kubetest.As(t, c, user)
	w := start(t, viewer)
	until(t, w, 5*time.Second, "forbidden", func(s *state.Snapshot) bool {
		return s.Conn.Phase == state.Forbidden && len(s.Conn.Denied) == len(state.Kinds)
	})
	if f, ok := errors.AsType[*kube.Forbidden](w.Latest().Conn.Cause); !ok || f.Namespace != c.Namespace || f.User != user || f.Verb == "" || f.Resource == "" {
		t.Errorf("got %+v", w.Latest().Conn.Cause)
	}
	if who, err := viewer.WhoAmI(t.Context()); who != user || err != nil {
		t.Errorf("who am I: %q, %v", who, err)
	}
	kubetest.Grant(t, c, user, rbacv1.PolicyRule{
		APIGroups: []string{"", "apps"}, Resources: []string{"pods", "services", "configmaps", "deployments"}, Verbs: []string{"list", "watch"},
	})
	until(t, w, 45*time.Second, "live without ReplicaSets, EndpointSlices and Events", func(s *state.Snapshot) bool {
		return live(s) && len(s.Conn.Denied) == 3 && len(s.Links) == 1 && s.Links[0].Status == state.Ready && s.Links[0].Pods[0].Current
	})
}

// TestOutages: the API server stops and comes back, and freezes and goes on; each is noticed and recovered from in time,
// what changed meanwhile is seen, and nothing piles up.
func TestOutages(t *testing.T) {
	kubetest.Need(t, "CHAINTUI_E2E_LAUNCHER")
	c := kubetest.Cluster(t)
	kubetest.Order(t, c, 1)
	kubetest.Link(t, c, 0, 1)
	w := start(t, c)
	until(t, w, 30*time.Second, "ready", func(s *state.Snapshot) bool { return live(s) && len(s.Links) == 1 && s.Links[0].Status == state.Ready })
	for i := range 2 {
		for _, way := range [][2]string{{"stop", "start"}, {"pause", "unpause"}} {
			t.Run(fmt.Sprintf("%s %d", way[0], i), func(t *testing.T) {
				back := false
				defer func() {
					if !back {
						kubetest.Launcher(t, way[1], "kube-apiserver")
					}
				}()
				stopped := make(chan struct{})
				go func() { defer close(stopped); kubetest.Launcher(t, way[0], "kube-apiserver") }()
				until(t, w, 8*time.Second, "stale", stale)
				<-stopped
				if s := w.Latest(); len(s.Links) != 1 || s.Conn.Err == "" {
					t.Errorf("what was known is gone while it is stale, or no reason is given: %+v", s)
				}
				before := w.Latest().Version
				kubetest.Launcher(t, way[1], "kube-apiserver")
				back = true
				until(t, w, 2*time.Second, "live again", func(s *state.Snapshot) bool { return live(s) && s.Version > before })
			})
		}
	}
}
