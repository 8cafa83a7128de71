package write

import (
	"maps"
	"slices"

	"github.com/chaintui/chaintui/internal/chain"
)

// liveOf reads the live settings as far as they can be read: what someone broke by hand is put right by the next change.
func liveOf(config map[string]string) chain.Live {
	if config == nil {
		return chain.Live{}
	}
	if live, err := chain.ParseLive(config); err == nil {
		return live
	}
	var live chain.Live
	live.Order, _ = chain.ParseOrder([]byte(config[chain.OrderKey]))
	live.Faults, _ = chain.ParseFaults([]byte(config[chain.FaultsKey]))
	alone := map[string]string{chain.OrderKey: `["a"]`, chain.LoadKey: config[chain.LoadKey]}
	if l, err := chain.ParseLive(alone); err == nil {
		live.Load = l.Load
	}
	return live
}

// sameLive tells whether a ConfigMap's data means these settings, in whatever words.
func sameLive(config map[string]string, live chain.Live) bool {
	now, err := chain.ParseLive(config)
	return err == nil && maps.Equal(now.Data(), live.Data())
}

// inWordsOf is the settings as data, each key in the words that config has for it where those mean the same: what somebody
// has only written otherwise is no drift, and not to be taken from them.
func inWordsOf(config map[string]string, live chain.Live) map[string]string {
	data := live.Data()
	for key, text := range data {
		alone := maps.Clone(data)
		if said, ok := config[key]; ok {
			alone[key] = said
		}
		if now, err := chain.ParseLive(alone); err == nil && now.Data()[key] == text {
			data[key] = alone[key]
		}
	}
	return data
}

// nextLive is what the ConfigMap should say: the Spec's order, the settings there were without those of links that have
// gone, and the intent's changes.
func nextLive(now chain.Live, spec *chain.Spec, change func(*chain.Live) error) (chain.Live, error) {
	next := chain.Live{Order: spec.Order(), Faults: chain.Faults{}, Load: now.Load}
	for _, name := range next.Order {
		if f, ok := now.Faults[name]; ok {
			next.Faults[name] = f
		}
	}
	if change != nil { // it sees whether there was a load before
		if err := change(&next); err != nil {
			return next, err
		}
	}
	if next.Load == nil && !spec.NoLoad {
		next.Load = &chain.Load{Rate: chain.DefaultRate}
	}
	return next, nil
}

// moved are the links by which two orders differ.
func moved(from, to chain.Order) (added, removed []int) {
	for i, name := range to {
		if !slices.Contains(from, name) {
			added = append(added, i)
		}
	}
	for _, name := range from {
		if i, ok := chain.Index(name); ok && !slices.Contains(to, name) {
			removed = append(removed, i)
		}
	}
	return added, removed
}
