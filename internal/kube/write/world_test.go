package write

import (
	"encoding/json"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/types"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

func testSpec(n int) chain.Spec {
	spec := chain.Default()
	spec.Resize(n)
	spec.Image, spec.ToolsImage = "link:1", "tools:1"
	return spec
}

// empty is a cluster without the namespace.
func empty() *Current {
	return &Current{Namespace: "demo", Objects: map[manifests.ID]Object{}, Scaled: map[string]bool{}, ReleaseIDs: map[int]types.UID{}}
}

// deployed is the cluster after a plan of spec was carried out, as release n.
func deployed(t *testing.T, spec chain.Spec, n int) *Current {
	t.Helper()
	spec.CreatedNS = true
	c := empty()
	c.Exists, c.Ours, c.Newest = true, true, n
	live := chain.Live{Order: spec.Order(), Load: &chain.Load{Rate: 1}}
	c.Config = live.Data()
	c.Releases = []chain.Release{{Number: n, Spec: spec, Outcome: chain.Healthy}}
	c.ReleaseIDs[n] = "uid-release"
	objects, err := manifests.Objects(spec, c.Namespace, live)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		if o.Kind != manifests.Namespace {
			c.Objects[o.ID] = Object{ID: o.ID, UID: types.UID("uid-" + o.Name), Managed: true, Body: o.Body}
		}
	}
	return c
}

// edit changes one live object by hand.
func edit(t *testing.T, c *Current, id manifests.ID, change func(object map[string]any)) {
	t.Helper()
	o, ok := c.Objects[id]
	if !ok {
		t.Fatalf("no %s", id)
	}
	var object map[string]any
	if err := json.Unmarshal(o.Body, &object); err != nil {
		t.Fatal(err)
	}
	change(object)
	body, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	o.Body = body
	c.Objects[id] = o
}

// reword writes the ConfigMap by hand in words of one's own that mean what was there.
func reword(t *testing.T, c *Current) {
	t.Helper()
	c.Config[chain.OrderKey] = strings.ReplaceAll(c.Config[chain.OrderKey], ",", ",\n  ")
	c.Config[chain.FaultsKey] = " null\n"
	c.Config[chain.LoadKey] = `{ "jitter": false, "rate": 1.0 }`
	edit(t, c, manifests.ID{Kind: manifests.ConfigMap, Name: chain.ConfigMap}, func(o map[string]any) {
		for key, text := range c.Config {
			o["data"].(map[string]any)[key] = text
		}
	})
}

func linkDeployment(i int) manifests.ID {
	return manifests.ID{Kind: manifests.Deployment, Name: chain.DeploymentName(i)}
}

func firstContainer(object map[string]any) map[string]any {
	pod := object["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)
	return pod["containers"].([]any)[0].(map[string]any)
}
