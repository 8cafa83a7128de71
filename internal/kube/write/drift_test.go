package write

import (
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

func TestDrift(t *testing.T) {
	config := manifests.ID{Kind: manifests.ConfigMap, Name: chain.ConfigMap}
	for _, tc := range []struct {
		name   string
		change func(*Current)
		want   []string
	}{
		{"none", func(*Current) {}, nil},
		{"an image", func(c *Current) {
			edit(t, c, linkDeployment(1), func(o map[string]any) { firstContainer(o)["image"] = "other" })
		}, []string{`deployment/chain-link-deployment-1: .spec.template.spec.containers[name="chain-link"].image is "other", not "link:1"`}},
		{"paused by someone", func(c *Current) {
			edit(t, c, linkDeployment(1), func(o map[string]any) { o["spec"].(map[string]any)["paused"] = true })
		}, []string{`deployment/chain-link-deployment-1: .spec.paused is true, not false`}},
		{"as the API server tells that none is paused", func(c *Current) {
			for id := range c.Objects {
				if id.Kind == manifests.Deployment {
					edit(t, c, id, func(o map[string]any) { delete(o["spec"].(map[string]any), "paused") })
				}
			}
		}, nil},
		{"one missing", func(c *Current) { delete(c.Objects, linkDeployment(0)) }, []string{"deployment/chain-link-deployment-0 is missing"}},
		{"one too many", func(c *Current) {
			c.Objects[linkDeployment(5)] = Object{ID: linkDeployment(5), Managed: true}
		}, []string{"deployment/chain-link-deployment-5 is not in the release"}},
		{"the order", func(c *Current) {
			c.Config[chain.OrderKey] = `["chain-link-service-1"]`
			edit(t, c, config, func(o map[string]any) { o["data"].(map[string]any)[chain.OrderKey] = c.Config[chain.OrderKey] })
		}, []string{`configmap/chain-link-services: .data.services.json is "[\"chain-link-service-1\"]", not "[\"chain-link-service-0\",\"chain-link-service-1\"]"`}},
		{"a selector", func(c *Current) {
			edit(t, c, manifests.ID{Kind: manifests.Service, Name: chain.ServiceName(0)}, func(o map[string]any) {
				o["spec"].(map[string]any)["selector"].(map[string]any)["instance"] = "9"
			})
		}, []string{`service/chain-link-service-0: .spec.selector.instance is "9", not "0"`}},
		{"the same in other words", func(c *Current) { reword(t, c) }, nil},
		{"live settings are none", func(c *Current) {
			live := chain.Live{Order: chain.NewOrder(2), Faults: chain.Faults{chain.ServiceName(1): {ErrorRate: 1}}, Load: &chain.Load{Rate: 3}}
			c.Config = live.Data()
			edit(t, c, config, func(o map[string]any) {
				o["data"] = map[string]any{chain.OrderKey: c.Config[chain.OrderKey], chain.FaultsKey: c.Config[chain.FaultsKey], chain.LoadKey: c.Config[chain.LoadKey]}
			})
		}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := deployed(t, testSpec(2), 1)
			tc.change(c)
			drifts, err := FindDrift(c)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range drifts {
				got = append(got, d.String())
			}
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("got %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestWhoWroteWhatDiffers(t *testing.T) {
	entry := func(manager, fields string) metav1.ManagedFieldsEntry {
		return metav1.ManagedFieldsEntry{Manager: manager, FieldsV1: metav1.NewFieldsV1(fields)}
	}
	image := `{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"chain-link\"}":{".":{},"f:image":{}}}}}}}`
	port := `{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{"f:targetPort":{}}}}}`
	entries := []metav1.ManagedFieldsEntry{
		entry(chain.Manager, image),
		entry("kubectl-port", port),
		entry("kubectl-edit", image),
		entry("kubectl-scale", `{"f:spec":{"f:replicas":{}}}`),
		entry("kubectl-patch", `{"f:data":{"f:services.json":{}}}`),
		entry("somebody", `{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"other\"}":{"f:image":{}}}}}}}`),
	}
	for path, want := range map[string]string{
		`.spec.template.spec.containers[name="chain-link"].image`: "kubectl-edit",
		`.spec.template.spec.containers[name="chain-link"].ports`: "",
		`.spec.ports[name="http"].targetPort`:                     "kubectl-port", // the list is merged by another key
		`.spec.ports[name="http"].nodePort`:                       "",
		`.spec.replicas`:                                          "kubectl-scale",
		`.data.services.json`:                                     "kubectl-patch",
		`.data`:                                                   "kubectl-patch",
		`.metadata.labels.a`:                                      "",
	} {
		got := strings.Join(managersOf(entries, []FieldDrift{{Path: path}}), ",")
		if got != want {
			t.Errorf("%s: %q; want %q", path, got, want)
		}
	}
}
