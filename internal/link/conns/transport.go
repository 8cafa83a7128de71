// Package conns keeps the connections of a caller that must share its requests among replicas: a Service balances
// connections, not requests, so none may live long.
package conns

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// MaxAge is how long connections are used. After it they are closed, between requests, on either side.
const MaxAge = 10 * time.Second

// DialFunc opens a connection, as net.Dialer.DialContext.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Lanes is how many connections a caller has at least, used in turn. One alone would send all requests to one replica
// for as long as it lives: quick answers never need a second. Eight, replaced one after the other, are spread over some
// replicas at any moment, and differently a moment later.
const Lanes = 8

// Transport is an http.RoundTripper that takes its lanes in turn. A lane's connections are replaced from time to time: it
// moves on to a fresh http.Transport, and the old one closes its connections as they fall idle. A request is never cut.
type Transport struct {
	dial DialFunc
	age  time.Duration
	lane [Lanes]atomic.Pointer[http.Transport]
	turn atomic.Uint32
}

// New returns a transport that dials with dial, or, when that is nil, as net.Dialer does with a timeout of 3 s. Its
// connections live as long as age, or MaxAge when that is 0.
func New(dial DialFunc, age time.Duration) *Transport {
	if dial == nil {
		dial = (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 15 * time.Second}).DialContext
	}
	if age == 0 {
		age = MaxAge
	}
	t := &Transport{dial: dial, age: age}
	for i := range t.lane {
		t.lane[i].Store(t.fresh())
	}
	return t
}

// fresh is a transport with room for thousands of requests a second to one host. It follows no proxy: the next link is
// in the cluster.
func (t *Transport) fresh() *http.Transport {
	return &http.Transport{
		DialContext:         t.dial,
		MaxIdleConns:        0, // no limit in sum, it calls one host
		MaxIdleConnsPerHost: 1024,
		IdleConnTimeout:     30 * time.Second, // less than servers wait, so that it is us who closes
		DisableCompression:  true,             // answers are passed on as they are
	}
}

// RoundTrip sends a request on a connection that is young enough.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	return t.lane[t.turn.Add(1)%Lanes].Load().RoundTrip(r)
}

// Run replaces the connections, lane by lane, until ctx ends, and then closes what is idle.
func (t *Transport) Run(ctx context.Context) {
	tick := time.NewTicker(t.age / Lanes)
	defer tick.Stop()
	for i := 0; ; i = (i + 1) % Lanes {
		select {
		case <-tick.C:
			// A transport told to close its idle connections closes the busy ones too, as soon as they fall idle.
			t.lane[i].Swap(t.fresh()).CloseIdleConnections()
		case <-ctx.Done():
			for i := range t.lane {
				t.lane[i].Load().CloseIdleConnections()
			}
			return
		}
	}
}

// Resolve returns a DialFunc that sends the hosts named in table to the addresses given, host:port, whatever port was
// asked for, and all others where dial does. It makes a chain of names without a cluster's DNS.
func Resolve(table map[string]string, dial DialFunc) DialFunc {
	if dial == nil {
		dial = (&net.Dialer{Timeout: 3 * time.Second}).DialContext
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, _, err := net.SplitHostPort(address); err == nil && table[host] != "" {
			address = table[host]
		}
		return dial(ctx, network, address)
	}
}

// ParseResolve reads Resolve's table as a flag gives it: name=host:port,name=host:port.
func ParseResolve(text string) (map[string]string, error) {
	if text == "" {
		return nil, nil
	}
	table := map[string]string{}
	for entry := range strings.SplitSeq(text, ",") {
		name, address, ok := strings.Cut(entry, "=")
		if _, _, err := net.SplitHostPort(address); !ok || name == "" || err != nil {
			return nil, fmt.Errorf("%q: want name=host:port, more of them separated by commas", entry)
		}
		table[name] = address
	}
	return table, nil
}
