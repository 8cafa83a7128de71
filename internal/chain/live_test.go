package chain

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLiveComesBackAsItWasWritten(t *testing.T) {
	live := Live{
		Order:  NewOrder(3),
		Faults: Faults{ServiceName(1): {Latency: 150 * ms, ErrorRate: 0.25, Status: 503}},
		Load:   &Load{Rate: 5, Jitter: true},
	}
	got, err := ParseLive(live.Data())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(live, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(live.Data()[FaultsKey], `"latency":"150ms"`) {
		t.Errorf("durations are not written for people: %s", live.Data()[FaultsKey])
	}
}

func TestFaultsThatDoNothingAreNotWritten(t *testing.T) {
	live := Live{Order: NewOrder(1), Faults: Faults{ServiceName(0): {Seed: 1}}}
	for _, l := range []Live{live, {Order: NewOrder(1)}} {
		if text := l.Data()[FaultsKey]; text != "{}" { // an apply without the key would leave somebody else's faults in force
			t.Errorf("wrote %q", text)
		}
	}
}

func TestParseLiveNamesTheKeyAtFault(t *testing.T) {
	good := NewOrder(2).Encode()
	for _, tc := range []struct {
		data map[string]string
		want string
	}{
		{map[string]string{}, OrderKey},
		{map[string]string{OrderKey: good, FaultsKey: `{"a": {"latency": "soon"}}`}, FaultsKey},
		{map[string]string{OrderKey: good, FaultsKey: `{"a": {"latnecy": "1s"}}`}, "latnecy"},
		{map[string]string{OrderKey: good, FaultsKey: `{"a": {"errorRate": 2}}`}, "fault of a"},
		{map[string]string{OrderKey: good, LoadKey: `{"rate": -1}`}, LoadKey},
		{map[string]string{OrderKey: good, LoadKey: `{"rate": 1}{"rate": 2}`}, "more than one JSON value"},
		{map[string]string{OrderKey: good, LoadKey: `{"rate": 1}}`}, "more than one JSON value"},
	} {
		if _, err := ParseLive(tc.data); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v: error %v; want one that names %s", tc.data, err, tc.want)
		}
	}
}

func TestDigestSeesOurKeysAndNoOthers(t *testing.T) {
	base := map[string]string{OrderKey: `["a"]`, FaultsKey: `{}`}
	same := map[string]string{OrderKey: `["a"]`, FaultsKey: `{}`, "somebody's": "else"}
	if Digest(base) != Digest(same) {
		t.Error("a key that is not ours changes the digest")
	}
	moved := map[string]string{OrderKey: `["a"]`, LoadKey: `{}`}
	changed := map[string]string{OrderKey: `["b"]`, FaultsKey: `{}`}
	if Digest(base) == Digest(moved) || Digest(base) == Digest(changed) {
		t.Error("different configurations have one digest")
	}
	if len(Digest(base)) != 12 {
		t.Errorf("digest %q; want 12 digits", Digest(base))
	}
}
