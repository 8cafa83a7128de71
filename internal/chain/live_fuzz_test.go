package chain

import (
	"strings"
	"testing"
)

// Whatever is in the ConfigMap, reading it ends in settings that hold, or in an error; and what was taken is written
// and read again as the same.
func FuzzParseLive(f *testing.F) {
	f.Add(`["chain-link-service-0","chain-link-service-1"]`, `{"chain-link-service-1":{"latency":"150ms","errorRate":0.4,"status":503}}`, `{"rate":5,"jitter":true}`)
	f.Add(`["a","a"]`, `{"a":{"p50":"1s","p99":"1ms"}}`, `{"rate":1e400}`)
	f.Add(`[]`, `{"a":{"seed":-1}}`, `{"rate":1}}`)
	f.Add(`null`, `null`, `null`)
	f.Add(`["a"]`, `{"a":{"sleep":"2s","sleepRate":0.3333}}`, `{"rate":0,"concurrency":10000}`)
	f.Fuzz(func(t *testing.T, order, faults, load string) {
		live, err := ParseLive(map[string]string{OrderKey: order, FaultsKey: faults, LoadKey: load})
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, name := range live.Order {
			if seen[name] || name == "" || strings.ContainsAny(name, "/:\x1b\n ") {
				t.Fatalf("took the order %q", live.Order)
			}
			seen[name] = true
		}
		for name, fault := range live.Faults {
			if err := fault.Validate(); err != nil {
				t.Fatalf("took a fault of %s that can't be: %v", name, err)
			}
			if fault.String() == "" || fault.ErrorStatus() < 400 {
				t.Fatalf("fault %+v", fault)
			}
		}
		data := live.Data()
		again, err := ParseLive(data)
		if err != nil {
			t.Fatalf("wrote %v, and then refused it: %v", data, err)
		}
		if Digest(again.Data()) != Digest(data) {
			t.Fatalf("wrote %v, read and wrote %v", data, again.Data())
		}
	})
}
