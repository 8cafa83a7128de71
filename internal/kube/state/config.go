package state

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// ConfigMap is what is kept of a ConfigMap: the chain's own, or a release.
type ConfigMap struct {
	data    map[string]string // of the chain's own
	changed time.Time
	release release
}

// release is a release's ConfigMap, read or not.
type release struct {
	chain.Release
	err string
}

// ConfigMapOf is what is kept of m. ok is false when it is none of a chain's.
func ConfigMapOf(m *corev1.ConfigMap) (kept ConfigMap, ok bool) {
	switch {
	case m.Name == chain.ConfigMap:
		data := m.Data
		if data == nil {
			data = map[string]string{}
		}
		return ConfigMap{data: data, changed: changed(m)}, true
	case strings.HasPrefix(m.Name, chain.ReleasePrefix):
		return ConfigMap{release: parseRelease(m.Name, m.Data)}, true
	}
	return ConfigMap{}, false
}

// changed is when m was changed last, by whomever; zero when nobody wrote that down.
func changed(m *corev1.ConfigMap) time.Time {
	var last time.Time
	for _, f := range m.ManagedFields {
		if f.Time != nil && f.Time.After(last) {
			last = f.Time.Time
		}
	}
	return last
}

func (b *Builder) setConfig(name string, m ConfigMap) {
	if name != chain.ConfigMap {
		b.releases[name] = m.release
		return
	}
	b.config, b.liveSince = m.data, m.changed
	live, err := chain.ParseLive(m.data)
	b.live, b.liveErr = live, ""
	if err != nil {
		b.live, b.liveErr = chain.Live{}, sanitise.Line(err.Error())
	}
}

func (b *Builder) dropConfig(name string) {
	delete(b.releases, name)
	if name == chain.ConfigMap {
		b.config, b.live, b.liveErr, b.liveSince = nil, chain.Live{}, "", time.Time{}
	}
}

// releaseList is the releases, newest first, and what is wrong with those that can't be read.
func (b *Builder) releaseList() (list []chain.Release, unread []string) {
	for _, name := range slices.Sorted(maps.Keys(b.releases)) {
		if r := b.releases[name]; r.err != "" {
			unread = append(unread, r.err)
		} else {
			list = append(list, r.Release)
		}
	}
	slices.SortFunc(list, func(x, y chain.Release) int { return cmp.Compare(y.Number, x.Number) })
	return list, unread
}

func parseRelease(name string, data map[string]string) release {
	r, err := chain.ParseRelease(name, data)
	if err != nil {
		return release{err: sanitise.Line(err.Error())}
	}
	for _, text := range []*string{
		&r.Action, &r.Author, &r.Reason, &r.Spec.Image, &r.Spec.ToolsImage, &r.Spec.ZipkinImage, &r.Spec.Collector, &r.Spec.Restart,
	} {
		*text = sanitise.Line(*text)
	}
	r.Outcome = chain.Outcome(sanitise.Line(string(r.Outcome)))
	for i := range r.Spec.Links {
		link := &r.Spec.Links[i]
		link.Image, link.Restart = sanitise.Line(link.Image), sanitise.Line(link.Restart)
	}
	return release{Release: r}
}
