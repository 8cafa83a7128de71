package action

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

func TestDriftNamesTheFirstObjects(t *testing.T) {
	missing := func(n int) (list []write.Drift) {
		for i := range n {
			list = append(list, write.Drift{ID: manifests.ID{Kind: manifests.Service, Name: fmt.Sprint("s", i)}, Missing: true})
		}
		return list
	}
	for n, want := range map[int]string{
		0: "no drift: the cluster is what the newest release says",
		1: "drift: service/s0 is missing",
		3: "drift: service/s0 is missing; service/s1 is missing; service/s2 is missing",
		5: "drift: service/s0 is missing; service/s1 is missing; service/s2 is missing; and 2 more",
	} {
		if got := driftSummary(missing(n)); got != want {
			t.Errorf("%d objects: %q; want %q", n, got, want)
		}
	}
}
