//go:build e2e

package logs_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/logs"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/watch"
)

// TestFollow: lines of two links, one of which crashes again and again and one whose pod is replaced, come in order,
// each once, and those of each new container are there.
func TestFollow(t *testing.T) {
	c := kubetest.Cluster(t)
	kubetest.Crashing(t, c, 2)
	ctx, cancel := context.WithCancel(context.Background())
	w := watch.Start(ctx, c)
	defer func() { cancel(); <-w.Stopped() }()
	wait := func(within time.Duration, is func(s *state.Snapshot) bool) *state.Snapshot {
		t.Helper()
		limit, stop := context.WithTimeout(ctx, within)
		defer stop()
		if err := w.Wait(limit, func(s *state.Snapshot) (bool, error) { return is(s), nil }); err != nil {
			t.Fatalf("%v: %+v", err, w.Latest().Links)
		}
		return w.Latest()
	}
	stream := logs.Read(ctx, c, w.Snapshots(), logs.Options{Follow: true})
	seen := make(chan []logs.Line)
	go func() {
		var all []logs.Line
		for l := range stream.Lines() {
			all = append(all, l)
		}
		seen <- all
	}()
	s := wait(60*time.Second, func(s *state.Snapshot) bool {
		return len(s.Links) == 2 && s.Links[0].Status == state.Ready && s.Links[1].Restarts >= 2
	})
	old := s.Links[0].Pods[0].Name
	if err := kubetest.Clientset(c).CoreV1().Pods(c.Namespace).Delete(ctx, old, metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	s = wait(30*time.Second, func(s *state.Snapshot) bool {
		return s.Links[0].Status == state.Ready && !slices.ContainsFunc(s.Links[0].Pods, func(p state.Pod) bool { return p.Name == old })
	})
	restarts := int(s.Links[1].Restarts)
	time.Sleep(2 * time.Second) // what is asserted is that nothing more comes twice
	cancel()
	all := <-seen
	pods, crashes, once := map[string]int{}, 0, map[string]bool{}
	for _, l := range all {
		if l.Note {
			t.Errorf("note: %+v", l)
		}
		if l.Link == 0 {
			pods[l.Pod]++
		} else if strings.Contains(l.Text, "no-such-command") {
			crashes++
		}
		key := l.Pod + l.Time.String() + l.Text
		if once[key] {
			t.Errorf("twice: %+v", l)
		}
		once[key] = true
	}
	t.Logf("%d lines, of link 0 by pod %v, %d crashes with %d restarts; last %+v", len(all), pods, crashes, restarts, all[len(all)-1])
	if len(pods) != 3 {
		t.Errorf("lines of link 0 are of pods %v; want three: two, and one that took a deleted one's place", pods)
	}
	if crashes < restarts || crashes > restarts+1 {
		t.Errorf("%d crashes were logged, and there were %d restarts", crashes, restarts)
	}
	if err := stream.Err(); err != nil {
		t.Error(err)
	}
}

// TestOnce: without follow the log ends by itself; previous instances, tails and a single link can be asked for.
func TestOnce(t *testing.T) {
	c := kubetest.Cluster(t)
	kubetest.Crashing(t, c, 2)
	ctx, cancel := context.WithCancel(context.Background())
	w := watch.Start(ctx, c)
	defer func() { cancel(); <-w.Stopped() }()
	limit, stop := context.WithTimeout(ctx, 60*time.Second)
	defer stop()
	if err := w.Wait(limit, func(s *state.Snapshot) (bool, error) {
		return len(s.Links) == 2 && s.Links[0].Status == state.Ready && s.Links[1].Restarts >= 1, nil
	}); err != nil {
		t.Fatal(err)
	}
	read := func(o logs.Options) (lines []logs.Line) {
		s := logs.Read(limit, c, w.Snapshots(), o)
		for l := range s.Lines() {
			lines = append(lines, l)
		}
		if s.Err() != nil {
			t.Error(s.Err())
		}
		return lines
	}
	all := read(logs.Options{})
	if !slices.IsSortedFunc(all, func(x, y logs.Line) int { return x.Time.Compare(y.Time) }) || len(all) < 3 {
		t.Errorf("%d lines, or not in order: %+v", len(all), all)
	}
	for _, l := range read(logs.Options{Services: []string{chain.ServiceName(1)}, Previous: true}) {
		if l.Link != 1 || l.Note {
			t.Errorf("previous: %+v", l)
		}
	}
	perPod := map[string]int{}
	for _, l := range read(logs.Options{Services: []string{chain.ServiceName(0)}, Tail: 1}) {
		perPod[l.Pod]++
	}
	for pod, n := range perPod {
		if n != 1 {
			t.Errorf("tail 1 of %s: %d lines", pod, n)
		}
	}
	if got := read(logs.Options{MaxStreams: 1}); !slices.ContainsFunc(got, func(l logs.Line) bool { return l.Note && strings.Contains(l.Text, "left out") }) {
		t.Errorf("what is left out is not told: %+v", got)
	}
}
