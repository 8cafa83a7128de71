//go:build e2e

package write_test

import (
	"strings"
	"sync"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Whoever deletes a chain that somebody else is deleting has what they wanted when it is gone, whichever of the two did it.
func TestTwoDeletions(t *testing.T) {
	for name, late := range map[string]bool{"at once": false, "one after the other": true} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.change(deploy(2))
			begun, told := make(chan struct{}), make(chan struct{})
			var begin, tell sync.Once
			first := write.New(b.cluster, write.Options{Watcher: b.watcher, Progress: func(e write.Event) {
				if e.Step == "waiting for the pods to end" {
					begin.Do(func() { close(begun) })
					if !late {
						<-told
					}
				}
			}})
			second := b.with(write.Options{Progress: func(e write.Event) {
				if strings.HasPrefix(e.Step, "waiting for the deletion by ") {
					tell.Do(func() { close(told) })
				}
			}})
			plans := make([]*write.Plan, 2)
			errs := make([]error, 2)
			plan := func(i int, w *write.Writer) {
				var err error
				if plans[i], err = w.PlanDelete(b.ctx); err != nil {
					t.Fatal(err)
				}
			}
			plan(0, first)
			plan(1, second)
			var group sync.WaitGroup
			group.Go(func() { _, errs[0] = first.Run(b.ctx, plans[0], true) })
			<-begun
			if late {
				plan(1, second)
			}
			_, errs[1] = second.Run(b.ctx, plans[1], true)
			tell.Do(func() { close(told) })
			group.Wait()
			_, err := kubetest.Clientset(b.cluster).CoreV1().Namespaces().Get(b.ctx, b.cluster.Namespace, metav1.GetOptions{})
			if errs[0] != nil || errs[1] != nil || !apierrors.IsNotFound(err) {
				t.Errorf("the first: %v; the second: %v; the namespace: %v", errs[0], errs[1], err)
			}
		})
	}
}
