package write

import (
	"fmt"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// A chain that was applied from generate's files has the built-in collector, the original's tool's has Zipkin.
func TestAdoptKnowsTheCollector(t *testing.T) {
	for args, want := range map[string]string{`["collect"]`: chain.Builtin, `[]`: chain.Zipkin} {
		body := fmt.Sprintf(`{"spec":{"template":{"spec":{"containers":[{"image":"c:1","args":%s}]}}}}`, args)
		id := manifests.ID{Kind: manifests.Deployment, Name: chain.CollectorDeployment}
		c := &Current{Config: map[string]string{chain.OrderKey: chain.NewOrder(2).Encode()}, Objects: map[manifests.ID]Object{id: {ID: id, Body: []byte(body)}}}
		spec, err := specOf(c, chain.Default())
		if err != nil || spec.Collector != want {
			t.Errorf("%s: %q, %v; want %s", args, spec.Collector, err, want)
		}
		if image, _ := spec.OwnCollector(); image != "c:1" {
			t.Errorf("%s: image %q", args, image)
		}
	}
}

// What generate's files say of tracing, and which parts they have, is what the chain has when it is adopted.
func TestAdoptReadsWhatGenerateWrote(t *testing.T) {
	for i, collector := range []string{chain.Builtin, chain.Zipkin, "http://zipkin.tracing:9411", "https://spans.test/zipkin"} {
		want := testSpec(2)
		want.Collector, want.SampleRate, want.CreatedNS = collector, 0.25, true
		want.NoLoad, want.NetworkPolicy = i%2 == 1, i < 2
		objects, err := manifests.Objects(want, "demo", chain.Live{Order: want.Order()})
		if err != nil {
			t.Fatal(err)
		}
		c := empty()
		c.Exists, c.Config = true, chain.Live{Order: want.Order(), Load: &chain.Load{Rate: 4}}.Data()
		for _, o := range objects {
			if o.Kind != manifests.Namespace {
				c.Objects[o.ID] = Object{ID: o.ID, Managed: true, Body: o.Body}
			}
		}
		first := chain.Default()
		first.ToolsImage = "another:2"
		in, err := Adopt(c, first)
		if err != nil {
			t.Fatal(err)
		}
		in.Live = func(l *chain.Live) error { l.Load.Rate++; return nil }
		if p, err := Make(c, in); err != nil || p.Count(Take) != len(c.Objects) || p.Nothing() || p.Count(Create)+p.Count(Delete) > 0 || p.Spec.NoLoad != want.NoLoad || p.Spec.NetworkPolicy != want.NetworkPolicy {
			t.Errorf("%s: %v, %v", collector, p.Lines(), err)
		}
		p, err := Make(c, in)
		if err != nil || p.Spec.Collector != collector || p.Spec.SampleRate != 0.25 || len(p.Restarts) > 0 || p.Live.Load.Rate != 5 {
			t.Errorf("%s: %+v, %v", collector, p, err)
		}
	}
}
