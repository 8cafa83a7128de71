package write

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// story is a plan in a few words, for tables.
func story(p *Plan) string {
	text := fmt.Sprintf("release %d: +%d ~%d -%d =%d", p.Number, p.Count(Create), p.Count(Change), p.Count(Delete), p.Count(Keep))
	if len(p.Added)+len(p.Removed) > 0 {
		text += fmt.Sprintf(" added %v removed %v", p.Added, p.Removed)
	}
	if p.Publish {
		text += " publish"
	}
	if len(p.Restarts) > 0 {
		text += fmt.Sprintf(" restarts %v", p.Restarts)
	}
	if p.CreateNamespace {
		text += " +namespace"
	}
	return text
}

func TestPlans(t *testing.T) {
	same := Deploy(testSpec(3), nil, nil)
	for _, tc := range []struct {
		name   string
		now    func(t *testing.T) *Current
		intent Intent
		want   string
	}{
		{"first deploy", func(*testing.T) *Current { return empty() }, same,
			"release 1: +16 ~0 -0 =0 added [0 1 2] removed [] publish +namespace"},
		{"the same again", nil, same, "release 0: +0 ~0 -0 =16"},
		{"grow", nil, Resize(5), "release 5: +6 ~2 -0 =14 added [3 4] removed [] publish"},
		{"shrink", nil, Resize(1), "release 5: +0 ~2 -6 =8 added [] removed [1 2] publish"},
		{"to the same length", nil, Resize(3), "release 0: +0 ~0 -0 =16"},
		{"redeploy all", nil, Redeploy(nil, ""), "release 5: +0 ~3 -0 =13 restarts [0 1 2]"},
		{"redeploy one", nil, Redeploy([]int{1}, ""), "release 5: +0 ~1 -0 =15 restarts [1]"},
		{"another image", nil, SetImage(nil, "link:2"), "release 5: +0 ~3 -0 =13 restarts [0 1 2]"},
		{"another image of one", nil, SetImage([]int{2}, "link:2"), "release 5: +0 ~1 -0 =15 restarts [2]"},
		{"scale", nil, Scale(1, 3), "release 5: +0 ~1 -0 =15"},
		{"pause", nil, Pause(nil), "release 5: +0 ~3 -0 =13"},
		{"resume what isn't paused", nil, Resume(nil), "release 0: +0 ~0 -0 =16"},
		{"fault", nil, SetFaults([]int{1}, chain.Fault{ErrorRate: 0.5}), "release 0: +0 ~0 -0 =0 publish"},
		{"no fault where there is none", nil, SetFaults(nil, chain.Fault{}), "release 0: +0 ~0 -0 =0"},
		{"load", nil, SetLoad(func(l *chain.Load) { l.Rate = 9 }), "release 0: +0 ~0 -0 =0 publish"},
		{"collector elsewhere", nil, Deploy(testSpec(3), func(s *chain.Spec) error { s.Collector = "http://x.test:9411"; return nil }, nil),
			"release 5: +0 ~6 -3 =7 restarts [0 1 2]"},
		{"policies off", nil, Deploy(testSpec(3), func(s *chain.Spec) error { s.NetworkPolicy = false; return nil }, nil),
			"release 5: +0 ~0 -5 =11"},
		{"no load", nil, Deploy(testSpec(3), func(s *chain.Spec) error { s.NoLoad = true; return nil }, nil),
			"release 5: +0 ~0 -3 =13"},
		{"an object is missing", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			delete(c.Objects, linkDeployment(1))
			return c
		}, same, "release 5: +1 ~0 -0 =15"},
		{"edited by hand", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			edit(t, c, linkDeployment(1), func(o map[string]any) { firstContainer(o)["image"] = "other" })
			return c
		}, same, "release 5: +0 ~1 -0 =15 restarts [1]"},
		{"a field that we no longer send", func(t *testing.T) *Current {
			spec := testSpec(3)
			spec.LinkPods.NodeSelector = map[string]string{"pool": "a"}
			return deployed(t, spec, 4)
		}, Deploy(testSpec(3), func(s *chain.Spec) error { s.LinkPods = chain.Pods{}; return nil }, nil),
			"release 5: +0 ~3 -0 =13 restarts [0 1 2]"},
		{"the last one was interrupted", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			c.Releases[0].Outcome = chain.Interrupted
			return c
		}, same, "release 5: +0 ~16 -0 =0"},
		{"the order was broken by hand", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			c.Config[chain.OrderKey] = `["chain-link-service-2"]`
			edit(t, c, manifests.ID{Kind: manifests.ConfigMap, Name: chain.ConfigMap}, func(o map[string]any) {
				o["data"].(map[string]any)[chain.OrderKey] = c.Config[chain.OrderKey]
			})
			return c
		}, same, "release 5: +0 ~1 -0 =15 added [0 1] removed [] publish"},
		{"what a chain that is going has left", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			c.Releases, c.Newest, c.Config = nil, 0, nil
			for id, o := range c.Objects {
				if o.Deleting = true; id.Kind == manifests.NetworkPolicy {
					o.Deleting = false
				}
				c.Objects[id] = o
			}
			return c
		}, same, "release 1: +11 ~0 -0 =5 added [0 1 2] removed [] publish"},
		{"live settings in other words", func(t *testing.T) *Current {
			c := deployed(t, testSpec(3), 4)
			reword(t, c)
			return c
		}, same, "release 0: +0 ~0 -0 =16"},
		{"an existing namespace", func(*testing.T) *Current {
			c := empty()
			c.Exists = true
			return c
		}, same, "release 1: +16 ~0 -0 =0 added [0 1 2] removed [] publish"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := deployed(t, testSpec(3), 4)
			if tc.now != nil {
				c = tc.now(t)
			}
			p, err := Make(c, tc.intent)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, story(p)); diff != "" {
				t.Errorf("%s\n%v", diff, p.Lines())
			}
		})
	}
}

func TestPlansThatCantBe(t *testing.T) {
	foreign := func(t *testing.T) *Current {
		c := deployed(t, testSpec(2), 1)
		c.Releases, c.Ours = nil, false
		for id, o := range c.Objects {
			o.Managed = false
			c.Objects[id] = o
		}
		return c
	}
	applied := func(t *testing.T) *Current {
		c := deployed(t, testSpec(4), 1)
		c.Releases, c.Newest = nil, 0
		return c
	}
	for _, tc := range []struct {
		name   string
		now    func(t *testing.T) *Current
		intent Intent
		want   string
	}{
		{"resize without a chain", func(*testing.T) *Current { return empty() }, Resize(3), ErrNoChain.Error()},
		{"no links", nil, Resize(0), "1 to 1000"},
		{"an unknown link", nil, Redeploy([]int{7}, ""), "links are 0 to 2"},
		{"an unknown fault's link", nil, SetFaults([]int{3}, chain.Fault{ErrorRate: 1}), "links are 0 to 2"},
		{"a fault that can't be", nil, SetFaults(nil, chain.Fault{ErrorRate: 2}), "probability"},
		{"a load that can't be", nil, SetLoad(func(l *chain.Load) { l.Rate = -1 }), "load rate"},
		{"no earlier release", nil, Rollback(0), "no earlier release"},
		{"an unknown release", nil, Rollback(9), "no release 9: the cluster keeps 4"},
		{"the original's chain", foreign, Deploy(testSpec(2), nil, nil), "chaintui adopt"},
		{"the original's chain, resized", foreign, Resize(2), "chaintui adopt"},
		{"a chain of generate's files", applied, Deploy(testSpec(2), nil, nil), ErrUnadopted.Error()},
		{"a chain of generate's files, resized", applied, Resize(2), ErrUnadopted.Error()},
		{"a chain of generate's files, slowed down", applied, SetFaults(nil, chain.Fault{ErrorRate: 1}), ErrUnadopted.Error()},
		{"an object that lost its labels", func(t *testing.T) *Current { return unlabelled(t, linkDeployment(1)) },
			Resize(3), "deployment/chain-link-deployment-1): take them over with `chaintui adopt`, or delete"},
		{"an object in the way of growing", func(t *testing.T) *Current { return beside(t, linkDeployment(4)) },
			Resize(5), "deployment/chain-link-deployment-4"},
		{"a namespace that is being deleted", func(*testing.T) *Current {
			c := empty()
			c.Exists, c.Terminating = true, true
			return c
		}, Deploy(testSpec(2), nil, nil), "being deleted"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := deployed(t, testSpec(3), 4)
			if tc.now != nil {
				c = tc.now(t)
			}
			if p, err := Make(c, tc.intent); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, %v; want an error with %q", p, err, tc.want)
			}
		})
	}
}

// unlabelled is a chain of 3 whose object has lost chaintui's labels.
func unlabelled(t *testing.T, id manifests.ID) *Current {
	c := deployed(t, testSpec(3), 4)
	edit(t, c, id, func(o map[string]any) { delete(o["metadata"].(map[string]any), "labels") })
	o := c.Objects[id]
	o.Managed = false
	c.Objects[id] = o
	return c
}

// beside is a chain of 3 beside which somebody has made an object of a link's name.
func beside(t *testing.T, id manifests.ID) *Current {
	c := deployed(t, testSpec(3), 4)
	c.Objects[id] = Object{ID: id, Body: []byte("{}")}
	return c
}

// An object of a chain of ours that is not ours is no dead end: it is adopted, left alone, or not looked at.
func TestAnObjectThatIsNotOursInAChainThatIs(t *testing.T) {
	for _, tc := range []struct {
		name   string
		now    *Current
		intent func(c *Current) (Intent, error)
		want   string
		note   bool
	}{
		{"adopted", unlabelled(t, linkDeployment(1)), func(c *Current) (Intent, error) { return Adopt(c, testSpec(9)) },
			"release 5: +0 ~0 -0 =15", false},
		{"live settings", unlabelled(t, linkDeployment(1)), func(*Current) (Intent, error) {
			return SetFaults([]int{1}, chain.Fault{ErrorRate: 1}), nil
		}, "release 0: +0 ~0 -0 =0 publish", false},
		{"beside the chain", beside(t, linkDeployment(7)), func(*Current) (Intent, error) { return Resize(2), nil },
			"release 5: +0 ~2 -3 =11 added [] removed [2] publish", true},
		{"beside the chain, adopted", beside(t, linkDeployment(7)), func(c *Current) (Intent, error) { return Adopt(c, testSpec(9)) },
			"release 0: +0 ~0 -0 =16", true},
	} {
		in, err := tc.intent(tc.now)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Make(tc.now, in)
		if err != nil || story(p) != tc.want || (len(p.Warnings) > 0) != tc.note {
			t.Errorf("%s: %v, %v\nwant %s", tc.name, p, err, tc.want)
			continue
		}
		if tc.name == "adopted" && (p.Count(Take) != 1 || len(p.Spec.Links) != 3) {
			t.Errorf("%s: %v", tc.name, p.Lines())
		}
	}
	if _, err := Adopt(deployed(t, testSpec(3), 4), testSpec(3)); !errors.Is(err, ErrAdopted) {
		t.Errorf("a chain that is all ours: %v", err)
	}
}

func TestRollbackKeepsLiveSettings(t *testing.T) {
	c := deployed(t, testSpec(4), 6)
	c.Releases = append(c.Releases, chain.Release{Number: 5, Spec: testSpec(3), Outcome: chain.Healthy})
	live := chain.Live{Order: chain.NewOrder(4), Load: &chain.Load{Rate: 7}, Faults: chain.Faults{
		chain.ServiceName(1): {ErrorRate: 0.5}, chain.ServiceName(3): {ErrorRate: 1},
	}}
	c.Config = live.Data()
	p, err := Make(c, Rollback(0))
	if err != nil {
		t.Fatal(err)
	}
	want := chain.Live{Order: chain.NewOrder(3), Load: &chain.Load{Rate: 7}, Faults: chain.Faults{chain.ServiceName(1): {ErrorRate: 0.5}}}
	if diff := cmp.Diff(want, p.Live); diff != "" {
		t.Error(diff)
	}
	if p.Action != "rollback to 5" || p.Number != 7 || len(p.Spec.Links) != 3 {
		t.Errorf("%s, release %d, %d links", p.Action, p.Number, len(p.Spec.Links))
	}
}

// A rollback to a release in which a link was paused that is not there any more makes it run; one that is there is paused.
func TestALinkIsNotCreatedPaused(t *testing.T) {
	c := deployed(t, testSpec(2), 6)
	before := testSpec(3)
	before.Links[0].Paused, before.Links[2].Paused = true, true
	c.Releases = append(c.Releases, chain.Release{Number: 5, Spec: before, Outcome: chain.Healthy})
	p, err := Make(c, Rollback(5))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, false} {
		if p.Spec.Links[i].Paused != want {
			t.Errorf("link %d is paused: %v", i, !want)
		}
	}
	now := deployed(t, before, 7)
	delete(now.Objects, linkDeployment(2))
	if p, err := Make(now, SetFaults(nil, chain.Fault{})); err != nil || len(p.Warnings) > 0 || !p.Spec.Links[2].Paused {
		t.Errorf("live settings: %q, %v", p.Warnings, err)
	}
	if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "link 2 is not paused") || !before.Links[2].Paused {
		t.Errorf("%q", p.Warnings)
	}
}

// Who changes the live settings sees that there was no load before: then the environment's and the file's rate count.
func TestAFirstDeploysLoad(t *testing.T) {
	for _, tc := range []struct {
		live func(*chain.Live) error
		want float64
	}{
		{nil, chain.DefaultRate},
		{func(l *chain.Live) error {
			if l.Load == nil {
				l.Load = &chain.Load{Rate: 6}
			}
			return nil
		}, 6},
	} {
		p, err := Make(empty(), Deploy(testSpec(1), nil, tc.live))
		if err != nil || p.Live.Load == nil || p.Live.Load.Rate != tc.want {
			t.Errorf("%+v, %v; want a rate of %v", p.Live, err, tc.want)
		}
	}
}

func TestDeletionsAreTailFirst(t *testing.T) {
	c := deployed(t, testSpec(12), 1)
	p, err := MakeDelete(c)
	if err != nil {
		t.Fatal(err)
	}
	var links []int
	for _, s := range p.Steps {
		if s.Kind == manifests.Deployment {
			links = append(links, s.Link)
		}
	}
	want := []int{-1, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Error(diff)
	}
	if !p.DeleteNamespace {
		t.Error("a namespace of ours stays")
	}
}

// A deletion is a release while it lasts, where there is a chain that somebody may be changing.
func TestADeletionsRelease(t *testing.T) {
	for _, tc := range []struct {
		name         string
		change       func(c *Current)
		claim, older int
	}{
		{"a chain", func(*Current) {}, 5, 0},
		{"one that is being changed", func(c *Current) { c.Releases[0].Outcome = chain.Pending }, 5, 4},
		{"a newer release that can't be read", func(c *Current) { c.Newest = 7 }, 8, 0},
		{"applied from files", func(c *Current) { c.Releases, c.Newest = nil, 0 }, 0, 0},
	} {
		c := deployed(t, testSpec(2), 4)
		tc.change(c)
		if p, err := MakeDelete(c); err != nil || p.claim != tc.claim || p.older != tc.older || p.Number != 0 {
			t.Errorf("%s: claims %d after %d, %v", tc.name, p.claim, p.older, err)
		}
	}
}

// Releases are deleted though nothing else is left, and though they can't be read.
func TestReleasesAreNotLeftBehind(t *testing.T) {
	theirs := linkDeployment(7)
	for _, releases := range [][]chain.Release{{{Number: 4, Spec: testSpec(2), Outcome: chain.Interrupted}}, nil} {
		c := deployed(t, testSpec(2), 4)
		c.Releases, c.Objects = releases, map[manifests.ID]Object{theirs: {ID: theirs, Body: []byte("{}")}}
		p, err := MakeDelete(c)
		if err != nil || p.Nothing() || len(p.releaseIDs) != 1 {
			t.Errorf("%d can be read: %v, %v", len(releases), p, err)
		}
	}
}

func TestDeleteTouchesNothingElse(t *testing.T) {
	c := deployed(t, testSpec(2), 1)
	theirs := linkDeployment(7)
	c.Objects[theirs] = Object{ID: theirs, Body: []byte("{}")}
	p, err := MakeDelete(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Steps {
		if s.ID == theirs {
			t.Errorf("%s is not ours", s.ID)
		}
	}
	if p.DeleteNamespace || len(p.Warnings) != 2 {
		t.Errorf("the namespace goes: %v; %q", p.DeleteNamespace, p.Warnings)
	}
	c = deployed(t, testSpec(2), 1)
	c.Shared = []string{"service/web"}
	if p, err := MakeDelete(c); err != nil || p.DeleteNamespace {
		t.Errorf("a namespace that others use goes: %+v, %v", p, err)
	}
	c.Shared, c.Ours = nil, false
	if p, err := MakeDelete(c); err != nil || p.DeleteNamespace {
		t.Errorf("a namespace that is not ours goes: %+v, %v", p, err)
	}
}

func TestAnAutoscalersReplicasAreLeftAlone(t *testing.T) {
	c := deployed(t, testSpec(2), 1)
	c.Scaled[chain.DeploymentName(1)] = true
	edit(t, c, linkDeployment(1), func(o map[string]any) { o["spec"].(map[string]any)["replicas"] = 5 })
	o := c.Objects[linkDeployment(1)]
	o.OwnsReplicas = true
	c.Objects[o.ID] = o
	p, err := Make(c, Redeploy(nil, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Steps {
		if s.Kind != manifests.Deployment || s.Link < 0 {
			continue
		}
		if scaled := s.Link == 1; hasReplicas(s.object.Body) == scaled || s.handOn != scaled {
			t.Errorf("link %d: sends replicas %v, hands them on %v", s.Link, hasReplicas(s.object.Body), s.handOn)
		}
	}
	if len(p.Warnings) > 0 {
		t.Errorf("%q", p.Warnings)
	}
	if p, err := Make(c, Scale(1, 7)); err != nil || strings.Join(p.Warnings, "") != "link 1 has as many pods as its autoscaler says, not 7" {
		t.Errorf("%v, %v: nobody is told that the autoscaler's number stays", p, err)
	}
	if drifts, err := FindDrift(c); err != nil || len(drifts) > 0 {
		t.Errorf("%v, %v: what an autoscaler does is no drift", drifts, err)
	}
}

func TestForeignNamesWhatIsInTheWay(t *testing.T) {
	c := empty()
	c.Exists = true
	id := manifests.ID{Kind: manifests.Service, Name: chain.LoadGenerator}
	c.Objects[id] = Object{ID: id, Body: []byte("{}")}
	_, err := Make(c, Deploy(testSpec(1), nil, nil))
	foreign, ok := errors.AsType[*Foreign](err)
	if !ok || !strings.Contains(foreign.Error(), "service/loadgenerator") {
		t.Errorf("%v", err)
	}
}
