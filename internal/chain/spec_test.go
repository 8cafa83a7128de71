package chain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func complete(n int) Spec {
	s := Default()
	s.Resize(n)
	s.Image, s.ToolsImage = "chain-link:abc", "chain-link:abc"
	return s
}

func TestSpecValidate(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*Spec)
		want   string
	}{
		{"complete", func(*Spec) {}, ""},
		{"one link", func(s *Spec) { s.Resize(1) }, ""},
		{"500 links", func(s *Spec) { s.Resize(500) }, ""},
		{"none", func(s *Spec) { s.Resize(0) }, "a chain has 1 to"},
		{"too many", func(s *Spec) { s.Resize(MaxLength + 1) }, "a chain has 1 to"},
		{"no image", func(s *Spec) { s.Image = "" }, "--chain-link-image"},
		{"no tools image", func(s *Spec) { s.ToolsImage = "" }, "--tools-image"},
		{"a malformed image", func(s *Spec) { s.Image = ":" }, `image ":": want [registry/]name[:tag]`},
		{"a link's", func(s *Spec) { s.Links[1].Image = "A" }, `link 1: image "A"`},
		{"the tools'", func(s *Spec) { s.ToolsImage = "tools:" }, `tools: image "tools:"`},
		{"Zipkin's", func(s *Spec) { s.Collector, s.ZipkinImage = Zipkin, "/" }, `zipkin: image "/"`},
		{"Zipkin's where none runs", func(s *Spec) { s.ZipkinImage = "/" }, ""},
		{"no tools needed", func(s *Spec) { s.ToolsImage, s.Collector, s.NoLoad = "", Zipkin, true }, ""},
		{"a URL", func(s *Spec) { s.Collector = "https://zipkin.example:9411/base" }, ""},
		{"a word", func(s *Spec) { s.Collector = "jaeger" }, `collector "jaeger"`},
		{"sampling", func(s *Spec) { s.SampleRate = 1.5 }, "sample rate 1.5"},
		{"pod security", func(s *Spec) { s.PodSecurity = "strict" }, `pod security "strict"`},
		{"replicas", func(s *Spec) { r := int32(-1); s.Links[1].Replicas = &r }, "link 1: -1 replicas"},
		{"quantity", func(s *Spec) { s.Links[2].Pods.CPURequest = "lots" }, `link 2: CPU request "lots"`},
	} {
		s := complete(3)
		tc.change(&s)
		err := s.Validate()
		if (err == nil) != (tc.want == "") || (err != nil && !strings.Contains(err.Error(), tc.want)) {
			t.Errorf("%s: %v; want %q", tc.name, err, tc.want)
		}
	}
}

func TestResizeKeepsWhatStays(t *testing.T) {
	s := complete(3)
	s.Links[1].Image, s.Links[2].Image = "one", "two"
	grown := s.Clone()
	grown.Resize(5)
	if grown.ImageOf(1) != "one" || grown.ImageOf(4) != s.Image || s.Len() != 3 {
		t.Errorf("grown: %v; before: %v", grown.Links, s.Links)
	}
	grown.Resize(2)
	grown.Resize(3)
	if grown.ImageOf(2) != s.Image {
		t.Error("a link that was cut off came back with its old image")
	}
	if s.ImageOf(2) != "two" {
		t.Error("resizing a clone changed the original")
	}
}

func TestCloneSharesNothing(t *testing.T) {
	s := complete(2)
	r := int32(2)
	s.Links[0].Replicas = &r
	s.Pods.NodeSelector = map[string]string{"zone": "a"}
	s.Links[1].Pods.Annotations = map[string]string{"team": "a"}
	c := s.Clone()
	if diff := cmp.Diff(s, c); diff != "" {
		t.Fatal(diff)
	}
	*c.Links[0].Replicas = 9
	c.Pods.NodeSelector["zone"] = "b"
	c.Links[1].Pods.Annotations["team"] = "b"
	if s.ReplicasOf(0) != 2 || s.Pods.NodeSelector["zone"] != "a" || s.Links[1].Pods.Annotations["team"] != "a" {
		t.Error("changing the clone changed its source")
	}
}

func TestPodsOfLaysTheNarrowerOverTheWider(t *testing.T) {
	s := complete(2)
	s.Pods = Pods{MemoryLimit: "128Mi", NodeSelector: map[string]string{"zone": "a", "disk": "ssd"}, PullSecrets: []string{"all"}}
	s.LinkPods = Pods{MemoryLimit: "64Mi"}
	s.Links[1].Pods = Pods{MemoryLimit: "32Mi", NodeSelector: map[string]string{"zone": "b"}, PullSecrets: []string{"own"}}
	want := Pods{MemoryLimit: "32Mi", NodeSelector: map[string]string{"zone": "b", "disk": "ssd"}, PullSecrets: []string{"all", "own"}}
	if diff := cmp.Diff(want, s.PodsOf(1)); diff != "" {
		t.Error(diff)
	}
	if got := s.PodsOf(0).MemoryLimit; got != "64Mi" {
		t.Errorf("link 0: memory limit %s; want all links' 64Mi", got)
	}
}

func TestSpansURL(t *testing.T) {
	for collector, want := range map[string]string{
		Builtin:                    "http://zipkin-service/api/v2/spans",
		Zipkin:                     "http://zipkin-service/api/v2/spans",
		"http://tempo.obs:9411":    "http://tempo.obs:9411/api/v2/spans",
		"http://tempo.obs/zipkin/": "http://tempo.obs/zipkin/api/v2/spans",
	} {
		s := Spec{Collector: collector}
		if got := s.SpansURL(); got != want {
			t.Errorf("%s: %s; want %s", collector, got, want)
		}
	}
}

func TestRestartTokens(t *testing.T) {
	s := complete(2)
	if got := s.RestartOf(0); got != "" {
		t.Errorf("before any redeploy: %q", got)
	}
	s.Links[1].Restart = "b"
	s.Restart = "a"
	if s.RestartOf(0) != "a" || s.RestartOf(1) != "a b" {
		t.Errorf("%q, %q", s.RestartOf(0), s.RestartOf(1))
	}
}

// A release of the longest chain must fit into a ConfigMap, which holds 1 MiB.
func TestTheLongestChainsReleaseFits(t *testing.T) {
	s := complete(MaxLength)
	for i := range s.Links {
		s.Links[i] = Link{Image: fmt.Sprintf("registry.example/team/chain-link:%012d", i), Restart: "2026-11-21T10:00:00.000Z"}
	}
	text, err := Release{Number: 1, Spec: s}.Encode()
	if err != nil || len(text) > 512<<10 {
		t.Errorf("%d bytes, %v; want at most half a MiB", len(text), err)
	}
}
