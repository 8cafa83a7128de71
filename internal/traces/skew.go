package traces

import "github.com/chaintui/chaintui/internal/traces/zipkin"

// correctClocks shifts the halves of hosts whose clock is behind their caller's.
//
// Skew shows between a CLIENT and its SERVER on another host only, when the server starts before the client or at once.
// The server is then put in the middle of the client's time; when that is not longer than the server's, or one duration
// is missing, 1 µs after the client's start. Everything below the server on the same host is shifted with it. The rule is
// that of Zipkin's clock-skew.js.
func (f *forest) correctClocks() {
	if len(f.nodes) == 0 {
		return
	}
	shifts := map[string]int64{} // by host, for the branch being walked
	type step struct {
		node    int
		undo    bool
		host    string
		shift   int64
		existed bool
	}
	stack := []step{{node: f.root}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if s.undo {
			if s.existed {
				shifts[s.host] = s.shift
			} else {
				delete(shifts, s.host)
			}
			continue
		}
		n := &f.nodes[s.node]
		if host, shift := f.correct(n, shifts); shift != 0 {
			old, existed := shifts[host]
			stack = append(stack, step{undo: true, host: host, shift: old, existed: existed})
			shifts[host] = shift
		}
		if n.own != nil {
			n.start, _ = n.time()
		}
		for _, c := range f.children[s.node] {
			stack = append(stack, step{node: c})
		}
	}
}

// correct shifts the halves of n: by what is known of their hosts, and a server by what its client shows. It returns the
// whole shift of a host whose skew was found here.
func (f *forest) correct(n *node, shifts map[string]int64) (host string, shift int64) {
	if n.own == nil {
		return "", 0
	}
	var client *side
	if n.caller != nil {
		client = n.caller
		move(client, shifts[hostOf(client)])
	} else if n.parent >= 0 && n.own.Span.Kind == zipkin.Server {
		above := &f.nodes[n.parent]
		switch {
		case n.under >= 0 && above.caller != nil:
			client = above.caller
		case above.own != nil && above.caller == nil:
			client = above.own
		}
	}
	move(n.own, shifts[hostOf(n.own)])
	if client == nil || client.Span.Kind != zipkin.Client {
		return "", 0
	}
	skew := skewOf(&client.Half, &n.own.Half)
	if skew == 0 || hostOf(client) == hostOf(n.own) || hostOf(client) == "" || hostOf(n.own) == "" {
		return "", 0
	}
	move(n.own, min(n.own.Shift+skew, maxStart))
	return hostOf(n.own), n.own.Shift
}

func move(s *side, shift int64) {
	if s.Span.Timestamp > 0 {
		s.Shift = shift
	}
}

// skewOf is how many µs the server's clock is behind; 0 when it is not.
func skewOf(client, server *Half) int64 {
	c, s := client.Start(), server.Start()
	if c == 0 || s == 0 || s > c {
		return 0
	}
	cd, sd := client.Span.Duration, server.Span.Duration
	if cd == 0 || sd == 0 || cd < sd {
		return c - s + 1
	}
	return c - s + (cd-sd)/2
}

// hostOf is what tells hosts, and so clocks, apart: the address; where nobody says one, the service.
func hostOf(s *side) string {
	e := s.Span.LocalEndpoint
	if address := addressOf(e); address != "" {
		return address
	}
	if name := serviceOf(e); name != "" {
		return "service " + name
	}
	return ""
}
