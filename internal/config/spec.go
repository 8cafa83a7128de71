package config

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// Spec is the Spec of a first deploy: every setting, wherever it came from. It is not validated: an image may be missing.
func (c *Config) Spec() chain.Spec {
	spec := chain.Default()
	for _, s := range table {
		c.set(&spec, s)
	}
	return spec
}

// Change lays over a running chain's Spec what flags set, and nothing else: what the environment, the file and the
// defaults say was settled by the first deploy. It names the settings that it changed.
func (c *Config) Change(spec *chain.Spec) []string {
	var changed []string
	for _, s := range table {
		if c.Given(s.Name) && (s.apply != nil || s.pods != nil) {
			c.set(spec, s)
			changed = append(changed, s.Name)
		}
	}
	return changed
}

// ChangeLink lays the pods' extras that flags set over those of link i alone.
func (c *Config) ChangeLink(spec *chain.Spec, i int) {
	spec.Links = slices.Clone(spec.Links)
	for _, s := range table {
		if c.Given(s.Name) && s.pods != nil {
			must(s, s.pods(&spec.Links[i].Pods, c.Text(s.Name)))
		}
	}
}

func (c *Config) set(spec *chain.Spec, s *Setting) {
	switch text := c.Text(s.Name); {
	case s.apply != nil:
		must(s, s.apply(spec, text))
	case s.pods != nil:
		must(s, s.pods(&spec.Pods, text))
	}
}

// must holds that a value was checked before it is used.
func must(s *Setting, err error) {
	if err != nil {
		panic(fmt.Sprintf("config: %s was not checked: %v", s.Name, err))
	}
}

// Load is the load of a first deploy.
func (c *Config) Load() chain.Load {
	r, err := rate(c.Text("rate"))
	must(Find("rate"), err)
	return chain.Load{Rate: r}
}

// LoadGiven tells whether flags set the load; only then it changes a running chain's.
func (c *Config) LoadGiven() bool { return c.Given("rate") || c.Given("sleep-time") }

// Timeout is how long to wait; fallback when the user said nothing of it.
func (c *Config) Timeout(fallback time.Duration) time.Duration {
	text := c.Text("timeout")
	if text == "" {
		return fallback
	}
	d, err := timeout(text)
	must(Find("timeout"), err)
	return d
}

// Grace is how long a link may fail before it counts as broken.
func (c *Config) Grace() time.Duration {
	d, err := timeout(c.Text("grace"))
	must(Find("grace"), err)
	return d
}

// rateOfSleep is the text of the rate that a sleep time comes to; a text that is no sleep time stays, and is refused as
// such where it stands.
func rateOfSleep(text string) string {
	s, err := sleep(text)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(1/s, 'g', -1, 64)
}
