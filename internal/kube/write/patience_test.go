package write

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

func TestWhatIsSentAgain(t *testing.T) {
	maps := schema.GroupResource{Resource: "configmaps"}
	race := apierrors.NewConflict(maps, "a", errors.New("the object has been modified"))
	owned := apierrors.NewApplyConflict([]metav1.StatusCause{
		{Type: metav1.CauseTypeFieldManagerConflict, Message: `conflict with "kubectl-edit" using v1`, Field: ".data.a"},
	}, "Apply failed with 1 conflict")
	for _, tc := range []struct {
		name  string
		err   error
		times int // that it fails
		tries int
		fails bool
	}{
		{"nothing wrong", nil, 0, 1, false},
		{"an internal error", apierrors.NewInternalError(errors.New("etcd")), 3, 4, false},
		{"one that stays", apierrors.NewInternalError(errors.New("etcd")), 99, 1 + retries, true},
		{"too many requests", apierrors.NewTooManyRequests("later", 1), 2, 3, false},
		{"a lost race", race, 2, 3, false},
		{"a lost race for a version", &stale{race}, 99, 1, true},
		{"another manager", owned, 99, 1, true},
		{"refused", apierrors.NewBadRequest("no"), 99, 1, true},
		{"unreachable for long", apierrors.NewServiceUnavailable("later"), 20, 21, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			tries := 0
			err := New(&kube.Cluster{}, Options{}).patiently(t.Context(), tc.name, func(context.Context) error {
				if tries++; tries <= tc.times {
					return tc.err
				}
				return nil
			})
			if tries != tc.tries || (err != nil) != tc.fails || tc.fails && !errors.Is(err, tc.err) {
				t.Errorf("%s: %d tries, %v; want %d", tc.name, tries, err, tc.tries)
			}
		})
	}
}

func TestOutcomes(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want chain.Outcome
	}{
		{&Unready{}, chain.Unhealthy}, {&Unconfirmed{Pods: []string{"a"}}, chain.Unhealthy}, {&Superseded{}, chain.Interrupted},
		{context.Canceled, chain.Interrupted}, {context.DeadlineExceeded, chain.Interrupted}, {&kube.Refused{}, chain.Refused},
	} {
		if got, _ := outcomeOf(tc.err); got != tc.want {
			t.Errorf("%T: %s; want %s", tc.err, got, tc.want)
		}
	}
}

// The change after a shrink that was not confirmed deletes the links, and so has to make sure that nobody calls them.
func TestLinksThatLeaveAfterTheOrder(t *testing.T) {
	c := deployed(t, testSpec(3), 4)
	c.Releases[0].Spec = testSpec(2)
	c.Releases[0].Outcome = chain.Unhealthy
	c.Config = chain.Live{Order: chain.NewOrder(2), Load: &chain.Load{Rate: 1}}.Data()
	p, err := Make(c, Deploy(testSpec(2), nil, nil))
	if err != nil || p.Publish || p.Number != 5 || p.Count(Delete) != 3 {
		t.Fatalf("%s, %v", story(p), err)
	}
	if !(&run{Plan: p}).leaving() {
		t.Error("nobody leaves")
	}
	if p, err = Make(deployed(t, testSpec(3), 4), Redeploy(nil, "")); err != nil || (&run{Plan: p}).leaving() {
		t.Errorf("somebody leaves: %s, %v", story(p), err)
	}
}
