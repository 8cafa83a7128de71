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
