package write

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
)

// What somebody has written otherwise by hand stays as it is while it means the same, and only then.
func TestSettingsInOthersWords(t *testing.T) {
	live := chain.Live{Order: chain.NewOrder(2), Load: &chain.Load{Rate: 1}}
	slow := chain.Faults{chain.ServiceName(1): {Latency: chain.Duration(150e6)}}
	for _, tc := range []struct {
		name      string
		key, text string
		faults    chain.Faults
		kept      bool
	}{
		{"no faults", chain.FaultsKey, "{ }", nil, true},
		{"no faults at all", chain.FaultsKey, "null", nil, true},
		{"nothing", chain.FaultsKey, " \n", nil, true},
		{"a fault that does nothing", chain.FaultsKey, `{"chain-link-service-0": {}}`, nil, true},
		{"the same fault", chain.FaultsKey, `{"chain-link-service-1": {"latency": "0.15s"}}`, slow, true},
		{"another fault", chain.FaultsKey, `{"chain-link-service-1": {"latency": "0.1s"}}`, slow, false},
		{"what can't be read", chain.FaultsKey, `{`, nil, false},
		{"the order", chain.OrderKey, `["chain-link-service-0", "chain-link-service-1"]`, nil, true},
		{"another order", chain.OrderKey, `["chain-link-service-1", "chain-link-service-0"]`, nil, false},
		{"the load", chain.LoadKey, `{"rate": 1e0}`, nil, true},
		{"another load", chain.LoadKey, `{"rate": 10}`, nil, false},
		{"no load", chain.LoadKey, ``, nil, false},
	} {
		next := live
		next.Faults = tc.faults
		config := next.Data()
		config[tc.key] = tc.text
		want := next.Data()
		if tc.kept {
			want[tc.key] = tc.text
		}
		if diff := cmp.Diff(want, inWordsOf(config, next)); diff != "" {
			t.Errorf("%s: %s", tc.name, diff)
		}
		if same := sameLive(config, next); same != tc.kept {
			t.Errorf("%s: the same: %v", tc.name, same)
		}
	}
	if diff := cmp.Diff(live.Data(), inWordsOf(nil, live)); diff != "" || sameLive(nil, live) {
		t.Error(diff)
	}
}
