// Package live follows a chain's live settings in the folder where the ConfigMap is mounted: the order, the faults and
// the load. A change is taken as soon as the kubelet has written it; what can't be read or parsed leaves the last good
// settings in force.
package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/chaintui/chaintui/internal/chain"
)

// Settings are one good reading of the folder.
type Settings struct {
	chain.Live
	Digest string // chain.Digest of what was read
	Loaded time.Time
}

// Options of a Watcher. Dir is required; the rest may be left out.
type Options struct {
	Dir    string
	Apply  func(Settings) // called with each new good reading, one after the other
	Count  func(err error)
	Reread time.Duration // slow re-read that finds what notification missed: 10 s
	Log    *slog.Logger
}

// Watcher keeps the newest good settings.
type Watcher struct {
	options Options

	mu      sync.Mutex
	current *Settings // nil before the first good reading
	err     error     // why the newest content was not taken
	bad     string    // what err was said of, so that it is said once
}

// New reads the folder once; Run then follows it. A folder that can't be read yet is no reason to fail.
func New(o Options) *Watcher {
	if o.Reread == 0 {
		o.Reread = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Apply == nil {
		o.Apply = func(Settings) {}
	}
	if o.Count == nil {
		o.Count = func(error) {}
	}
	w := &Watcher{options: o}
	w.reload()
	return w
}

// Current returns the settings in force, nil if there were never any, and why the newest content was not taken.
func (w *Watcher) Current() (*Settings, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.current, w.err
}

// Run follows the folder until ctx ends. The folder is watched, never its files: the kubelet replaces those.
func (w *Watcher) Run(ctx context.Context) {
	const settle = 10 * time.Millisecond // a change of the folder is several events
	tick := time.NewTicker(w.options.Reread)
	defer tick.Stop()
	soon := time.NewTimer(settle)
	defer soon.Stop()
	watching, err := fsnotify.NewWatcher()
	if err != nil {
		w.options.Log.Warn("can't be notified of changes; reading again from time to time", "every", w.options.Reread.String(), "error", err.Error())
		watching = &fsnotify.Watcher{} // its channels are nil and stay silent
	} else {
		defer watching.Close()
		w.watch(watching)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-watching.Events:
			if !ok {
				return
			}
			soon.Reset(settle)
		case err := <-watching.Errors: // such as an overflow: something has changed
			w.options.Log.Debug("notification failed; reading again", "error", err)
			soon.Reset(settle)
		case <-soon.C:
			w.reload()
		case <-tick.C:
			if err == nil {
				w.watch(watching) // again, should the folder be a new one
			}
			w.reload()
		}
	}
}

func (w *Watcher) watch(on *fsnotify.Watcher) {
	if err := on.Add(w.options.Dir); err != nil {
		w.options.Log.Debug("can't watch the configuration", "dir", w.options.Dir, "error", err.Error())
	}
}

func (w *Watcher) reload() {
	data, err := read(w.options.Dir)
	digest := chain.Digest(data)
	if err != nil {
		w.refuse(err, err.Error())
		return
	}
	w.mu.Lock()
	known, failing := w.current != nil && w.current.Digest == digest, w.err != nil
	w.mu.Unlock()
	if known && !failing {
		return
	}
	parsed, err := chain.ParseLive(data)
	if err != nil {
		w.refuse(err, digest)
		return
	}
	next := Settings{Live: parsed, Digest: digest, Loaded: time.Now()}
	if known { // the broken file has gone, and what is there now was in force all along
		next.Loaded = w.current.Loaded
	} else {
		w.options.Apply(next)
	}
	w.mu.Lock()
	w.current, w.err, w.bad = &next, nil, ""
	w.mu.Unlock()
	w.options.Count(nil)
	w.options.Log.Info("configuration loaded", "digest", digest, "links", len(parsed.Order), "faults", len(parsed.Faults))
}

func (w *Watcher) refuse(err error, what string) {
	w.mu.Lock()
	again, kept := w.bad == what, w.current != nil
	w.err, w.bad = err, what
	w.mu.Unlock()
	if again {
		return
	}
	w.options.Count(err)
	w.options.Log.Error("configuration not taken", "dir", w.options.Dir, "error", err.Error(), "lastGoodKept", kept)
}
