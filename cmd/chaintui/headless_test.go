package main

import (
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// A run removes the chain of its own release alone, also where the answer to making that was lost.
func TestWhoseChainACleanupFinds(t *testing.T) {
	now := time.Now()
	made := write.Result{Release: 1, Claimed: now}
	for _, tc := range []struct {
		name   string
		newest *chain.Release
		made   write.Result
		stays  bool
	}{
		{"its own", &chain.Release{Number: 1, Time: now.UTC().Round(0)}, made, false},
		{"its own, though it never heard so", &chain.Release{Number: 1, Time: now}, write.Result{Claimed: now}, false},
		{"nobody's", nil, made, false},
		{"changed since", &chain.Release{Number: 2, Time: now.Add(time.Second)}, made, true},
		{"somebody else's first", &chain.Release{Number: 1, Time: now.Add(-time.Second)}, made, true},
		{"somebody else's, in the namespace that it made", &chain.Release{Number: 1, Time: now}, write.Result{Namespace: true}, true},
	} {
		if err := ofAnother(tc.newest, tc.made); (err != nil) != tc.stays {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}
