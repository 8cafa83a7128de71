package link

import (
	"context"
	"net"
	"time"

	"github.com/chaintui/chaintui/internal/link/live"
)

// A Service that was made a moment ago works on this node only when kube-proxy has written its rules, and a policy when
// the network plug-in has; nobody is told when. So a link whose next hop changes while it runs goes on as before until
// the new one accepts a connection. Shown by stopping kube-proxy while a chain grows under load.
const (
	awaitBound = 5 * time.Second // then the order is taken as it is: it may name a link that is down
	awaitDial  = 500 * time.Millisecond
	awaitPause = 50 * time.Millisecond
)

// take puts settings in force, once the next hop that they name can be reached.
func (l *Link) take(s live.Settings) {
	before := l.route.Load()
	next := newRoute(s, l.options.Service, before)
	if before != nil && next.next != "" && next.next != before.next {
		l.awaitHop(next.next)
	}
	l.route.Store(next)
}

// awaitHop returns when the hop accepts connections, the bound has passed, or the link shuts down.
func (l *Link) awaitHop(hop string) {
	dial := l.options.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	for began := time.Now(); !l.draining.Load(); time.Sleep(awaitPause) {
		ctx, cancel := context.WithTimeout(context.Background(), awaitDial)
		conn, err := dial(ctx, "tcp", net.JoinHostPort(hop, "80"))
		cancel()
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Since(began) > awaitBound {
			l.options.Log.Warn("the new next link can't be reached; calling it all the same", "next", hop, "error", err.Error())
			return
		}
	}
}
