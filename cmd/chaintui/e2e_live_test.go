//go:build e2e

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// A fault and a load are there for the next request, restart nobody, and outlive the pods that they are in.
func TestLiveSettingsOutliveTheirPods(t *testing.T) {
	r := newRig(t)
	r.exits(exitHealthy, "deploy", "--instances", "3", "--rate", "5")
	began, acts := time.Now(), make(chan time.Time, 1)
	go func() { acts <- r.firstFailure() }()
	r.exits(exitHealthy, "fault", "1", "--error-rate", "1", "--status", "503")
	confirmed := time.Since(began)
	t.Logf("requests fail %v after the command began, and it has confirmed that after %v",
		(<-acts).Sub(began).Round(time.Millisecond), confirmed.Round(time.Millisecond))
	faulty := func(when string) {
		t.Helper()
		if out := r.exits(exitUnhealthy, "request"); !strings.Contains(out, "503") || !strings.Contains(out, "on purpose") {
			t.Errorf("%s: no fault:\n%s", when, out)
		}
	}
	faulty("at once")
	r.exits(exitHealthy, "load", "20")
	r.replacePod(chain.Selector(1))
	r.replacePod(chain.LoadSelector())
	faulty("in another pod")
	if out := r.exits(exitHealthy, "status"); !strings.Contains(out, "3 of 3 links ready") {
		t.Error(out)
	}
	if rate := r.load().Load.Rate; rate != 20 {
		t.Errorf("the load generator sends %g requests a second", rate)
	}
	r.exits(exitHealthy, "fault", "all", "--clear")
	r.exits(exitHealthy, "request")
	if out := r.exits(exitHealthy, "validate"); !strings.Contains(out, "since the last change") {
		t.Errorf("what the fault made fail counts after it was cleared:\n%s", out)
	}
}

// A running chain's spans go to another collector, by the name that only the cluster's DNS knows, and back again.
func TestTheCollectorMoves(t *testing.T) {
	t.Parallel()
	there, r := newRig(t), newRig(t)
	there.exits(exitHealthy, "deploy", "--instances", "1", "--no-load")
	r.exits(exitHealthy, "deploy", "--instances", "3", "--rate", "5")
	elsewhere := "http://" + chain.CollectorService + "." + there.cluster.Namespace
	r.exits(exitHealthy, "deploy", "--collector", elsewhere)
	r.exits(exitHealthy, "validate")
	if out := r.exits(exitHealthy, "traces", "list", "-o", "json"); !strings.Contains(out, chain.ServiceName(2)) {
		t.Errorf("the traces there are not this chain's:\n%s", out)
	}
	there.exits(exitHealthy, "delete")
	if out := r.exits(exitUnhealthy, "validate"); !strings.HasPrefix(out, "FAILED: "+elsewhere) || !strings.Contains(out, "not found") {
		t.Errorf("the collector is gone, and validate says:\n%s", out)
	}
	if out := r.exits(exitNoCluster, "traces"); !strings.Contains(out, "--zipkin-url") {
		t.Errorf("the collector is gone, and traces says:\n%s", out)
	}
	r.exits(exitHealthy, "deploy", "--collector", "builtin")
	r.exits(exitHealthy, "validate")
}

// firstFailure sends requests to the head, one after the other, until one fails, and tells when that was.
func (r *rig) firstFailure() time.Time {
	client, base := r.cluster.ServiceProxy(chain.ServiceName(0), chain.ServicePort)
	for deadline := time.Now().Add(soon); time.Now().Before(deadline); {
		answer, err := client.Get(base + "/")
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(body), "on purpose") {
			break
		}
	}
	return time.Now()
}

// load is what the load generator says of itself.
func (r *rig) load() (state chain.LoadState) {
	r.t.Helper()
	client, base := r.cluster.ServiceProxy(chain.LoadGenerator, chain.ServicePort)
	answer, err := client.Get(base + "/state")
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		r.t.Fatal(answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(&state); err != nil {
		r.t.Fatal(err)
	}
	return state
}

// replacePod deletes a workload's only pod, and waits until there is another and status says that all is ready.
func (r *rig) replacePod(selector map[string]string) {
	r.t.Helper()
	pods := kubetest.Clientset(r.cluster).CoreV1().Pods(r.cluster.Namespace)
	list, err := pods.List(r.t.Context(), metav1.ListOptions{LabelSelector: labels.Set(selector).String()})
	if err != nil || len(list.Items) != 1 {
		r.t.Fatalf("%v has %d pods: %v", selector, len(list.Items), err)
	}
	if restarts := list.Items[0].Status.ContainerStatuses[0].RestartCount; restarts != 0 {
		r.t.Errorf("%v was restarted", selector)
	}
	atOnce := int64(0)
	if err := pods.Delete(r.t.Context(), list.Items[0].Name, metav1.DeleteOptions{GracePeriodSeconds: &atOnce}); err != nil {
		r.t.Fatal(err)
	}
	for deadline := time.Now().Add(starting); ; {
		now, err := pods.List(r.t.Context(), metav1.ListOptions{LabelSelector: labels.Set(selector).String()})
		if err == nil && len(now.Items) == 1 && now.Items[0].UID != list.Items[0].UID && state.PodOf(&now.Items[0]).Ready {
			if out, code := r.run("status"); code == exitHealthy {
				return
			} else if time.Now().After(deadline) {
				r.t.Fatal(out)
			}
		}
	}
}
