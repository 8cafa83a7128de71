package live

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// watch follows the folder until the test ends, and returns each settings applied.
func watch(t *testing.T, dir string, reread time.Duration) (*Watcher, <-chan Settings) {
	applied := make(chan Settings, 1000)
	w := New(Options{Dir: dir, Reread: reread, Apply: func(s Settings) { applied <- s }, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	return w, applied
}

func next(t *testing.T, applied <-chan Settings) Settings {
	t.Helper()
	select {
	case s := <-applied:
		return s
	case <-time.After(10 * time.Second):
		t.Fatal("no new settings")
		return Settings{}
	}
}

// The slow re-read is off: only notification can find the changes.
func TestKubeletsSwapIsSeen(t *testing.T) {
	dir := livetest.Mount(t, chain.Live{Order: chain.NewOrder(1)})
	_, applied := watch(t, dir, time.Hour)
	for n := 1; n < 20; n++ {
		live := chain.Live{Order: chain.NewOrder(n)}
		if n > 1 {
			livetest.Publish(t, dir, live.Data())
		}
		s := next(t, applied)
		if len(s.Order) != n || s.Digest != chain.Digest(live.Data()) || s.Loaded.IsZero() {
			t.Fatalf("publication %d: %+v", n, s)
		}
	}
}

func TestPlainFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(chain.OrderKey, `["a"]`)
	_, applied := watch(t, dir, time.Hour)
	if s := next(t, applied); len(s.Order) != 1 || s.Load != nil {
		t.Fatalf("%+v", s)
	}
	write(chain.LoadKey, `{"rate": 7}`)
	if s := next(t, applied); s.Load == nil || s.Load.Rate != 7 {
		t.Fatalf("%+v", s)
	}
	write("other.json", "rubbish") // not ours
	write(chain.LoadKey, `{"rate": 8}`)
	if s := next(t, applied); s.Load.Rate != 8 {
		t.Fatalf("%+v", s)
	}
}

// Notification can be missing: the folder comes later, or the limit of watches is reached.
func TestRereadFindsWhatNotificationMissed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "later")
	w, applied := watch(t, dir, 10*time.Millisecond)
	if s, err := w.Current(); s != nil || err == nil {
		t.Fatalf("%v, %v", s, err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	livetest.Publish(t, dir, chain.Live{Order: chain.NewOrder(2)}.Data())
	if s := next(t, applied); len(s.Order) != 2 {
		t.Fatalf("%+v", s)
	}
}

func TestBrokenContentIsSaidOnce(t *testing.T) {
	dir := livetest.Mount(t, chain.Live{Order: chain.NewOrder(2)})
	var failed, ok int
	w := New(Options{Dir: dir, Log: slog.New(slog.DiscardHandler), Count: func(err error) {
		if err != nil {
			failed++
		} else {
			ok++
		}
	}})
	first, _ := w.Current()
	livetest.Publish(t, dir, map[string]string{chain.OrderKey: "[]"})
	for range 3 {
		w.reload()
	}
	if s, err := w.Current(); s != first || err == nil || !strings.Contains(err.Error(), chain.OrderKey) || failed != 1 {
		t.Errorf("%v, %v, counted %d", s, err, failed)
	}
	livetest.Publish(t, dir, chain.Live{Order: chain.NewOrder(2)}.Data())
	w.reload()
	if s, err := w.Current(); err != nil || s.Digest != first.Digest || !s.Loaded.Equal(first.Loaded) || ok != 2 {
		t.Errorf("what was in force all along is in force: %+v, %v, counted %d", s, err, ok)
	}
	if err := os.WriteFile(filepath.Join(dir, "..data", chain.LoadKey), make([]byte, maxFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	w.reload()
	if _, err := w.Current(); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a huge file: %v", err)
	}
}

// The keys are read as one set, of one version, however often they change meanwhile.
func TestKeysAreReadAsOneSet(t *testing.T) {
	dir := livetest.Mount(t, chain.Live{Order: chain.NewOrder(1), Load: &chain.Load{Rate: 1}})
	stop := make(chan struct{})
	var publishing sync.WaitGroup
	publishing.Go(func() {
		for n := 1; ; n = n%9 + 1 {
			select {
			case <-stop:
				return
			default:
				livetest.Publish(t, dir, map[string]string{chain.OrderKey: chain.NewOrder(n).Encode(), chain.LoadKey: `{"rate":` + strconv.Itoa(n) + `}`})
			}
		}
	})
	for range 2000 {
		data, err := read(dir)
		if err != nil && strings.Contains(err.Error(), "while it was read") {
			continue // said, and found by the next event
		}
		if err != nil {
			t.Error(err)
			break
		}
		live, err := chain.ParseLive(data)
		if err != nil || live.Load == nil || len(live.Order) != int(live.Load.Rate) {
			t.Errorf("%v: %v", err, data)
			break
		}
	}
	close(stop)
	publishing.Wait()
}
