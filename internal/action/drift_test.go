package action

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/kube/write"
	"github.com/chaintui/chaintui/manifests"
)

func TestDriftNamesTheObjects(t *testing.T) {
	missing := func(n int) (list []write.Drift) {
		for i := range n {
			list = append(list, write.Drift{ID: manifests.ID{Kind: manifests.Service, Name: fmt.Sprint("s", i)}, Missing: true})
		}
		return list
	}
	for n, want := range map[int]string{
		0: "no drift: the cluster is what the newest release says",
		1: "drift: an object is not what the newest release says",
		5: "drift: 5 objects are not what the newest release says",
	} {
		got := driftResult(missing(n))
		if got.Summary != want || len(got.Details) != n {
			t.Errorf("%d objects: %+v; want %q", n, got, want)
		}
		if n > 0 && got.Details[n-1] != fmt.Sprintf("service/s%d is missing", n-1) {
			t.Error(got.Details)
		}
	}
}
