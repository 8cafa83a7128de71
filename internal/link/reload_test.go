package link

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/link/livetest"
)

func mount(t *testing.T, l chain.Live) string { return livetest.Mount(t, l) }

// The kubelet swaps a symlink; the link follows, while requests go on and none fails.
func TestResizeUnderLoadLosesNothing(t *testing.T) {
	c := startChain(t, 4, chain.Live{Order: chain.NewOrder(2)}, nil)
	var failed atomic.Int64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				if resp, err := c.client.Get("http://" + c.addresses[0] + "/"); err != nil || resp.Body.Close() != nil || resp.StatusCode != http.StatusOK {
					failed.Add(1)
				}
			}
		}
	}()
	publish := func(l chain.Live, links ...int) {
		for _, i := range links {
			livetest.Publish(t, c.dirs[i], l.Data())
			eventually(t, func() bool { return c.links[i].State().Config == chain.Digest(l.Data()) }, "the new configuration")
		}
	}
	grown, shrunk := chain.Live{Order: chain.NewOrder(4)}, chain.Live{Order: chain.NewOrder(3)}
	publish(grown, 0, 1, 2, 3) // head first: neighbours disagree for a while
	if _, body := c.get(0, "/"); !strings.Contains(body, "chain-link-service-3") {
		t.Errorf("after growing: %s", body)
	}
	publish(shrunk, 3, 2, 1, 0)
	if _, body := c.get(0, "/"); !strings.Contains(body, "chain-link-service-2") {
		t.Errorf("after shrinking: %s", body)
	}
	close(stop)
	<-stopped
	if n := failed.Load(); n > 0 {
		t.Errorf("%d requests failed", n)
	}
}

// A request that a fault holds up while its next link leaves the chain is answered by the tail that it then stands at,
// and one that is held at the tail goes on to a link that joined.
func TestWhatAFaultHoldsUpGoesByTheNewOrder(t *testing.T) {
	held := func(n int) chain.Live { // for far longer than the new order needs to arrive
		return faulty(n, chain.Faults{"chain-link-service-0": {Latency: chain.Duration(2 * time.Second)}})
	}
	for _, tc := range []struct{ from, to int }{{2, 1}, {1, 2}} {
		c := startChain(t, 2, held(tc.from), func(i int, o *Options) {
			if i == 0 && tc.to == 1 { // the link that left is no longer there
				o.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, syscall.ECONNREFUSED }
			}
		})
		answered := make(chan struct{})
		var resp reply
		var body string
		go func() {
			defer close(answered)
			resp, body = c.get(0, "/")
		}()
		eventually(t, func() bool {
			_, metrics := c.get(0, "/metrics")
			return strings.Contains(metrics, `chain_link_faults_total{kind="latency"} 1`)
		}, "the request to be held up")
		livetest.Publish(t, c.dirs[1], held(tc.to).Data())
		livetest.Publish(t, c.dirs[0], held(tc.to).Data())
		<-answered
		if want := chain.ServiceName(tc.to - 1); resp.status != 200 || !strings.Contains(body, want) {
			t.Errorf("from %d to %d links: %d %s; want an answer of %s", tc.from, tc.to, resp.status, body, want)
		}
	}
}

// The new link's Service is not there yet where the old tail runs: the tail stays the tail until it is.
func TestGrowingWaitsForTheNewLinksService(t *testing.T) {
	var there atomic.Bool
	c := startChain(t, 2, chain.Live{Order: chain.NewOrder(1)}, func(i int, o *Options) {
		if i > 0 {
			return
		}
		dial := o.Dial
		o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if !there.Load() {
				return nil, syscall.ECONNREFUSED
			}
			return dial(ctx, network, address)
		}
	})
	grown := chain.Live{Order: chain.NewOrder(2)}
	livetest.Publish(t, c.dirs[1], grown.Data())
	livetest.Publish(t, c.dirs[0], grown.Data())
	eventually(t, func() bool { return c.links[1].State().Config == chain.Digest(grown.Data()) }, "the other link's configuration")
	for range 20 {
		if resp, body := c.get(0, "/"); resp.status != 200 || !strings.Contains(body, "chain-link-service-0") {
			t.Fatalf("without the new link's Service: %d %s", resp.status, body)
		}
	}
	there.Store(true)
	eventually(t, func() bool { return c.links[0].State().Config == chain.Digest(grown.Data()) }, "the new configuration")
	if resp, body := c.get(0, "/"); resp.status != 200 || !strings.Contains(body, "chain-link-service-1") {
		t.Errorf("with it: %d %s", resp.status, body)
	}
}

func TestBrokenFileKeepsTheLastGoodOne(t *testing.T) {
	c := startChain(t, 2, chain.Live{}, nil)
	good := c.links[0].State()
	for _, broken := range []map[string]string{
		{chain.OrderKey: `["chain-link-service-0", "chain-link-service-0"]`}, // a circle
		{chain.OrderKey: `[`},
		{chain.OrderKey: chain.NewOrder(2).Encode(), chain.FaultsKey: `{"chain-link-service-0": {"errorRate": 40}}`},
	} {
		livetest.Publish(t, c.dirs[0], broken)
		eventually(t, func() bool { return c.links[0].State().Error != "" }, "the error in the state")
		s := c.links[0].State()
		if s.Config != good.Config || s.Next != good.Next || !s.Loaded.Equal(good.Loaded) {
			t.Errorf("with %v in the folder: %+v", broken, s)
		}
		if resp, _ := c.get(0, "/"); resp.status != 200 {
			t.Errorf("with %v in the folder: %d", broken, resp.status)
		}
		if resp, _ := c.get(0, "/readiness"); resp.status != 200 {
			t.Errorf("a link that has a good configuration is ready")
		}
		if _, body := c.get(0, "/metrics"); !strings.Contains(body, "chain_link_config_last_reload_successful 0\n") {
			t.Error("the metrics do not tell")
		}
		livetest.Publish(t, c.dirs[0], chain.Live{Order: chain.NewOrder(2)}.Data())
		eventually(t, func() bool { return c.links[0].State().Error == "" }, "the end of the error")
	}
}

// A link that never had a configuration is not ready, says why, and answers so; it starts to work when one comes.
func TestWithoutConfiguration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "later")
	c := startChain(t, 1, chain.Live{}, func(_ int, o *Options) { o.ConfigDir, o.Reread = dir, 20*time.Millisecond })
	for _, path := range []string{"/readiness", "/"} {
		if resp, body := c.get(0, path); resp.status != 503 || !strings.Contains(body, "no configuration: ") {
			t.Errorf("%s: %d %s", path, resp.status, body)
		}
	}
	if resp, _ := c.get(0, "/livez"); resp.status != 200 {
		t.Error("restarting would not help: it is alive")
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	livetest.Publish(t, dir, chain.Live{Order: chain.NewOrder(1)}.Data())
	eventually(t, func() bool { resp, _ := c.get(0, "/readiness"); return resp.status == 200 }, "readiness")
}

func TestFaultGoesLiveAtOnce(t *testing.T) {
	c := startChain(t, 1, chain.Live{}, nil)
	livetest.Publish(t, c.dirs[0], faulty(1, chain.Faults{"chain-link-service-0": {ErrorRate: 1}}).Data())
	eventually(t, func() bool { resp, _ := c.get(0, "/"); return resp.status == 500 }, "the fault")
}
