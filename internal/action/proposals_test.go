package action

import (
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// values are what the parameters of a form begin with.
func values(t *testing.T, id string, s Scene) Args {
	t.Helper()
	args := Args{}
	for _, a := range All() {
		for _, p := range a.Params {
			if a.ID == id && p.Default != nil {
				args[p.Name] = p.Default(s)
			}
		}
	}
	return args
}

// A deploy proposes what the chain is, not the chosen link's own image, and first what the settings say.
func TestADeployProposesWhatIs(t *testing.T) {
	first := chain.Default()
	first.Resize(12)
	first.Image, first.ToolsImage, first.Collector = "a:1", "t:1", chain.Zipkin
	s := Scene{Link: 1, Snapshot: &state.Snapshot{}, First: func() (chain.Spec, chain.Load, error) { return first, chain.Load{Rate: 5}, nil }}
	want := Args{"instances": "12", "chain-link-image": "a:1", "tools-image": "t:1", "collector": "zipkin", "rate": "5"}
	for name, text := range values(t, "deploy", s) {
		if text != want[name] {
			t.Errorf("first: %s %q, want %q", name, text, want[name])
		}
	}
	is := chain.Default()
	is.Resize(3)
	is.Image, is.ToolsImage, is.Collector, is.Links[1].Image = "b:2", "t:2", "http://elsewhere:9411/api/v2/spans", "bad:3"
	s.Snapshot = &state.Snapshot{Releases: []chain.Release{{Number: 1, Spec: is}}, Links: make([]state.Link, 3)}
	s.Snapshot.Live.Load = &chain.Load{Rate: 50}
	want = Args{"instances": "3", "chain-link-image": "b:2", "tools-image": "t:2", "collector": "http://elsewhere:9411/api/v2/spans", "rate": "50"}
	for name, text := range values(t, "deploy", s) {
		if text != want[name] {
			t.Errorf("then: %s %q, want %q", name, text, want[name])
		}
	}
}

// What a deploy was not told to change stays: the collector, and all of the load but its rate.
func TestADeployChangesWhatWasTyped(t *testing.T) {
	is := chain.Default()
	is.Resize(3)
	is.Image, is.ToolsImage, is.Collector = "b:2", "b:2", chain.Zipkin
	is.ZipkinImage = "zipkin:1"
	snapshot := &state.Snapshot{Releases: []chain.Release{{Number: 1, Spec: is}}}
	d := Deps{Snapshot: func() *state.Snapshot { return snapshot }, First: func() (chain.Spec, chain.Load, error) { return chain.Default(), chain.Load{Rate: 1}, nil }}
	in, err := intend("deploy", d, Args{"rate": "7"})
	if err != nil {
		t.Fatal(err)
	}
	live := chain.Live{Load: &chain.Load{Rate: 5, Concurrency: 9, Jitter: true}}
	if err := in.Live(&live); err != nil || *live.Load != (chain.Load{Rate: 7, Concurrency: 9, Jitter: true}) {
		t.Errorf("%+v %v", *live.Load, err)
	}
}

// Emptied fields that a change can't do without are asked for: they are no zero.
func TestAnEmptyFieldIsNoZero(t *testing.T) {
	d := Deps{Snapshot: func() *state.Snapshot { return &state.Snapshot{Links: make([]state.Link, 2)} }}
	for _, id := range []string{"resize", "scale", "load"} {
		if _, err := intend(id, d, Args{"link": "1"}); err == nil {
			t.Errorf("%s of nothing", id)
		}
	}
}

// The form of a fault begins with the one in force: a part that is added leaves the others.
func TestAFaultBeginsAsItIs(t *testing.T) {
	s := Scene{Link: 1, Snapshot: &state.Snapshot{Links: make([]state.Link, 2)}}
	s.Snapshot.Links[1].Fault = chain.Fault{ErrorRate: 0.3, Status: 503}
	got := values(t, "fault", s)
	if got["error-rate"] != "0.3" || got["status"] != "503" || got["latency"] != "" {
		t.Error(got)
	}
	s.Link = 0
	if got := values(t, "fault", s); got["status"] != "500" || got["error-rate"] != "" {
		t.Error(got)
	}
}

// A build that has no image of its own can deploy from the dashboard: both images are asked for.
func TestADeployNamesBothImages(t *testing.T) {
	bare := chain.Default()
	bare.Image, bare.ToolsImage = "", ""
	d := Deps{Snapshot: func() *state.Snapshot { return &state.Snapshot{} }, First: func() (chain.Spec, chain.Load, error) { return bare, chain.Load{Rate: 1}, nil }}
	in, err := intend("deploy", d, Args{"chain-link-image": "a:1", "tools-image": "t:1"})
	if err != nil || in.First.Image != "a:1" || in.First.ToolsImage != "t:1" {
		t.Errorf("%+v, %v", in.First, err)
	}
	if _, err := intend("deploy", d, Args{"chain-link-image": "a:1"}); err == nil {
		t.Error("deploys without an image for the load generator")
	}
}
