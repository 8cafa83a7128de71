//go:build e2e

package kube_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

func get(t *testing.T, client *http.Client, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body)
}

// TestWaysIn: Services through the API server's proxy, and a port-forward that outlives its pods.
func TestWaysIn(t *testing.T) {
	c := kubetest.Cluster(t)
	kubetest.Order(t, c, 1)
	kubetest.Link(t, c, 0, 2)
	ctx, cancel := context.WithCancel(context.Background())
	w := watch.Start(ctx, c)
	ready := func(gone string) func(*state.Snapshot) (bool, error) {
		return func(s *state.Snapshot) (bool, error) {
			names := []string{}
			if len(s.Links) == 1 && s.Links[0].Status == state.Ready && s.Links[0].Endpoints == 2 {
				names = s.Links[0].ReadyNames()
			}
			return len(names) == 2 && !slices.Contains(names, gone), nil
		}
	}
	limit, stop := context.WithTimeout(ctx, 3*time.Minute)
	defer stop()
	if err := w.Wait(limit, ready("")); err != nil {
		t.Fatalf("%v: %+v", err, w.Latest().Links)
	}

	client, base := c.ServiceProxy(chain.ServiceName(0), chain.ServicePort)
	if status, body := get(t, client, base+"/"); status != 200 || !strings.Contains(body, "final chain link") {
		t.Errorf("service proxy: %d %s", status, body)
	}

	var answer chain.LinkState
	var mu sync.Mutex
	var failures []error
	pods := func() []string { found, _, _ := w.Latest().Find("head"); return found.ReadyNames() }
	f, err := c.Forward(ctx, kube.ForwardOptions{Port: chain.LinkPort, Pods: pods, Report: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		failures = append(failures, err)
	}})
	if err != nil {
		t.Fatal(err)
	}
	local := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	first := ""
	for range 20 {
		status, body := get(t, local, "http://"+f.Address+"/state")
		if status != 200 || json.Unmarshal([]byte(body), &answer) != nil {
			t.Fatalf("port-forward: %d %s; %v", status, body, failures)
		}
		first = answer.Pod
	}
	if first == "" { // the image knows its pod by the downward API, which this test leaves out
		first = pods()[0]
	}
	if err := kubetest.Clientset(c).CoreV1().Pods(c.Namespace).Delete(ctx, first, metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Wait(limit, ready(first)); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if status, body := get(t, local, "http://"+f.Address+"/state"); status != 200 {
			t.Errorf("port-forward after its pod is gone: %d %s; %v", status, body, failures)
		}
	}
	reported := make(chan error, 1)
	wrong, err := c.Forward(ctx, kube.ForwardOptions{Port: 1, Pods: pods, Report: func(err error) { reported <- err }})
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, local, "http://"+wrong.Address+"/"); status != 0 {
		t.Errorf("a port that nobody listens on: %d", status)
	}
	select {
	case err := <-reported:
		t.Logf("a port that nobody listens on: %v", err)
	case <-time.After(5 * time.Second):
		t.Error("a port that nobody listens on is not reported")
	}
	cancel()
	f.Wait()
	wrong.Wait()
	<-w.Stopped()
	mu.Lock()
	defer mu.Unlock()
	if len(failures) > 0 {
		t.Errorf("reported: %v", failures)
	}
}
