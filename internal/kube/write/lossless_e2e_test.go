//go:build e2e

package write_test

import (
	"encoding/json"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// load is what the load generator counts.
func (b *bench) load() chain.LoadState {
	b.t.Helper()
	data, err := b.cluster.Client.CoreV1().Services(b.cluster.Namespace).ProxyGet("http", chain.LoadGenerator, "80", "state", nil).DoRaw(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	var s chain.LoadState
	if err := json.Unmarshal(data, &s); err != nil {
		b.t.Fatal(err)
	}
	return s
}

func TestNoRequestIsLostInAnyChange(t *testing.T) {
	b := newBench(t)
	const rate = 200
	b.change(write.Deploy(specOf(4), nil, func(l *chain.Live) error { l.Load = &chain.Load{Rate: rate}; return nil }))
	began := b.load()
	failed := began.Total.Failed
	for _, in := range []write.Intent{
		write.Resize(12), write.Resize(3), write.Redeploy(nil, ""), write.Scale(1, 3), write.Scale(1, 1), write.Rollback(0),
	} {
		p, _ := b.change(in)
		now := b.load()
		if now.Total.Failed > failed {
			t.Errorf("%s: %d of %d requests failed: %v", p.Action, now.Total.Failed-failed, now.Total.Sent, now.Total.Reasons)
		}
		failed = now.Total.Failed
	}
	end := b.load()
	sent, due := float64(end.Total.Sent-began.Total.Sent), rate*(end.Total.Seconds-began.Total.Seconds)
	if sent < 0.95*due || !end.Started.Equal(began.Started) {
		t.Errorf("%.0f requests sent of %.0f due; started %v and %v", sent, due, began.Started, end.Started)
	}
	t.Logf("%d requests, %d failed, %d skipped", end.Total.Sent, end.Total.Failed, end.Total.Skipped)
}
