package chain

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
)

// Spec is what a chain should be. Flags, environment, file and defaults make the one of a first deploy; after that
// the cluster's newest release is the base, and only what the user gives explicitly changes it.
type Spec struct {
	Links         []Link  `json:"links"`               // head first; an empty Link is one with the chain's settings
	Image         string  `json:"image"`               // of the links that name none of their own
	ToolsImage    string  `json:"toolsImage"`          // of the load generator and the built-in collector
	Restart       string  `json:"restart,omitempty"`   // token of the last redeploy of all links; empty before one
	Collector     string  `json:"collector"`           // Builtin, Zipkin, or the URL of a Zipkin-compatible server
	ZipkinImage   string  `json:"zipkinImage"`         // of the collector when it is Zipkin
	SampleRate    float64 `json:"sampleRate"`          // share of requests traced, decided at the head, 0 to 1
	NetworkPolicy bool    `json:"networkPolicy"`       // let each pod reach only what its place in the chain needs
	NoLoad        bool    `json:"noLoad,omitempty"`    // no load generator
	PodSecurity   string  `json:"podSecurity"`         // level that a namespace of ours enforces, or "none"
	CreatedNS     bool    `json:"createdNS,omitempty"` // the namespace is ours: it was created by a deploy
	Pods          Pods    `json:"pods,omitzero"`       // of all pods
	LinkPods      Pods    `json:"linkPods,omitzero"`   // of all links' pods, over Pods
}

// Link is one link's own settings, each over the chain's.
type Link struct {
	Image    string `json:"image,omitempty"`
	Replicas *int32 `json:"replicas,omitempty"` // default 1
	Restart  string `json:"restart,omitempty"`  // token of the last redeploy of this link alone
	Paused   bool   `json:"paused,omitempty"`   // the Deployment's rollout is paused
	Pods     Pods   `json:"pods,omitzero"`
}

// Collectors that --collector names; anything else is a URL.
const (
	Builtin = "builtin"
	Zipkin  = "zipkin"
)

// Defaults of a first deploy.
const (
	DefaultLength      = 3
	DefaultNamespace   = "chain-link"
	DefaultZipkinImage = "openzipkin/zipkin-slim:3.6.1"
	DefaultPodSecurity = "restricted"
	MaxReplicas        = 10_000 // more pods of a link are a typing error
	MaxLength          = 1000   // a release holds the Spec in one ConfigMap; the largest chain tried is half of this
)

// Default is the Spec of a first deploy without any setting. It has no image: that is the build's or the user's.
func Default() Spec {
	return Spec{
		Links:         make([]Link, DefaultLength),
		Collector:     Builtin,
		ZipkinImage:   DefaultZipkinImage,
		SampleRate:    1,
		NetworkPolicy: true,
		PodSecurity:   DefaultPodSecurity,
	}
}

// Len is the number of links.
func (s *Spec) Len() int { return len(s.Links) }

// Order is the chain's order by this Spec.
func (s *Spec) Order() Order { return NewOrder(len(s.Links)) }

// ImageOf is the image of link i.
func (s *Spec) ImageOf(i int) string {
	if image := s.Links[i].Image; image != "" {
		return image
	}
	return s.Image
}

// ReplicasOf is the number of pods wanted of link i.
func (s *Spec) ReplicasOf(i int) int32 {
	if r := s.Links[i].Replicas; r != nil {
		return *r
	}
	return 1
}

// RestartOf is the restart token of link i's pods: the chain's and its own, joined; empty before any redeploy.
func (s *Spec) RestartOf(i int) string {
	own := s.Links[i].Restart
	switch {
	case s.Restart == "":
		return own
	case own == "":
		return s.Restart
	}
	return s.Restart + " " + own
}

// PodsOf is the pods' extras of link i: its own, over all links', over all pods'.
func (s *Spec) PodsOf(i int) Pods { return s.Pods.Over(s.LinkPods).Over(s.Links[i].Pods) }

// OwnCollector tells whether the chain runs its collector itself, and under which image.
func (s *Spec) OwnCollector() (image string, ok bool) {
	switch s.Collector {
	case Builtin:
		return s.ToolsImage, true
	case Zipkin:
		return s.ZipkinImage, true
	}
	return "", false
}

// SpansURL is where the links post their spans.
func (s *Spec) SpansURL() string {
	if _, own := s.OwnCollector(); own {
		return "http://" + CollectorService + "/api/v2/spans"
	}
	u, err := url.JoinPath(s.Collector, "api/v2/spans")
	if err != nil {
		return s.Collector
	}
	return u
}

// Resize sets the number of links. New links have the chain's settings; those cut off lose their own.
func (s *Spec) Resize(n int) {
	if n < len(s.Links) {
		s.Links = slices.Clip(slices.Clone(s.Links[:max(n, 0)]))
		return
	}
	s.Links = append(slices.Clone(s.Links), make([]Link, n-len(s.Links))...)
}

// Clone is a copy that shares nothing with s.
func (s *Spec) Clone() Spec {
	c := *s
	c.Links = slices.Clone(s.Links)
	for i := range c.Links {
		if r := c.Links[i].Replicas; r != nil {
			replicas := *r
			c.Links[i].Replicas = &replicas
		}
		c.Links[i].Pods = c.Links[i].Pods.clone()
	}
	c.Pods, c.LinkPods = c.Pods.clone(), c.LinkPods.clone()
	return c
}

// Validate says everything that is wrong with the Spec at once, in words that tell how to put it right.
func (s *Spec) Validate() error {
	var errs []error
	no := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if n := len(s.Links); n < 1 || n > MaxLength {
		no("%d links: a chain has 1 to %d (--instances)", n, MaxLength)
	}
	if s.Image == "" {
		no("no image for the links: name one with --chain-link-image")
	}
	if s.ToolsImage == "" && (s.Collector == Builtin || !s.NoLoad) {
		no("no image for the load generator and the collector: name one with --tools-image")
	}
	errs = append(errs, imageErrors(s)...)
	if _, own := s.OwnCollector(); !own {
		if u, err := url.Parse(s.Collector); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			no("collector %q: want %s, %s, or the http(s) URL of a Zipkin-compatible server", s.Collector, Builtin, Zipkin)
		}
	}
	if !(s.SampleRate >= 0 && s.SampleRate <= 1) {
		no("sample rate %v: want 0 to 1", s.SampleRate)
	}
	if levels := []string{"restricted", "baseline", "privileged", "none"}; !slices.Contains(levels, s.PodSecurity) {
		no("pod security %q: want one of %v", s.PodSecurity, levels)
	}
	for i := range s.Links {
		if r := s.ReplicasOf(i); r < 0 {
			no("link %d: %d replicas; want 0 or more", i, r)
		}
		if err := s.Links[i].Pods.Validate(); err != nil {
			no("link %d: %w", i, err)
		}
	}
	errs = append(errs, s.Pods.Validate(), s.LinkPods.Validate())
	return errors.Join(errs...)
}

// merged is over's entries over base's, as a map of its own; nil when there is none.
func merged(base, over map[string]string) map[string]string {
	if len(base)+len(over) == 0 {
		return nil
	}
	m := make(map[string]string, len(base)+len(over))
	maps.Copy(m, base)
	maps.Copy(m, over)
	return m
}
