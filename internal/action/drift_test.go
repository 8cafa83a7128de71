package action

import (
	"fmt"
	"strings"
	"sync/atomic"
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
		got := driftResult(missing(n), nil)
		if got.Summary != want || len(got.Details) != n {
			t.Errorf("%d objects: %+v; want %q", n, got, want)
		}
		if n > 0 && got.Details[n-1] != fmt.Sprintf("service/s%d is missing", n-1) {
			t.Error(got.Details)
		}
	}
}

// Who may not list a kind of objects is told the drift of all others, and that there may be more.
func TestDriftWithoutARight(t *testing.T) {
	run := func(objects map[string][]any) Result {
		r, err := drift(t.Context(), deps(t, objects, true, new(atomic.Int64)), nil, func(Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	objects := chainOf(t, false)
	objects["networkpolicies"] = denied
	got := run(objects)
	if got.Wrong || !strings.HasSuffix(got.Summary, "as far as it can be seen") || len(got.Details) != 1 || !strings.Contains(got.Details[0], "not here") {
		t.Errorf("%+v", got)
	}
	objects["services"] = objects["services"][1:]
	if got = run(objects); !got.Wrong || len(got.Details) != 2 || !strings.HasSuffix(got.Details[0], "is missing") {
		t.Errorf("%+v", got)
	}
}
