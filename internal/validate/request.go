package validate

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// Probe is one request to the head with a trace id that is known, and its answer.
type Probe struct {
	TraceID  string      // 32 hex digits
	SpanID   string      // 16 hex digits: the span of the caller, which no collector holds
	Path     string      // of the request; empty for /
	Header   http.Header // sent beside the trace's; may be nil
	Started  time.Time
	Took     time.Duration
	Status   int    // HTTP; 0 when there was no answer
	Body     string // its beginning
	Err      error  // why there was no answer
	Attempts int    // how many requests it took; the others failed on the way
}

// named finds the links that an answer names.
var named = regexp.MustCompile(chain.ServicePrefix + `\d+`)

// CheckRequest judges the probe's answer: 200, and given by the last link of the order.
func CheckRequest(p Probe, order chain.Order) Verdict {
	if p.Err != nil {
		return fail(Request, Finding{Link: 0, Object: order[0], Reason: "NoAnswer", Message: "no answer to the request: " + sanitise.Line(p.Err.Error())})
	}
	tail := order[len(order)-1]
	said := sanitise.Line(strings.TrimSpace(p.Body))
	switch {
	case p.Status != 200:
		f := Finding{Link: -1, Reason: fmt.Sprintf("HTTP %d", p.Status), Message: fmt.Sprintf("the request came back %d: %s", p.Status, short(said))}
		names := named.FindAllString(said, 2)
		if len(names) > 0 {
			f.Link, _ = chain.Index(names[0])
			f.Object = names[0]
		}
		if len(names) == 2 { // who waited for whom
			f.Hint = fmt.Sprintf("kubectl get service,endpointslices,networkpolicies: what keeps it from %s?", names[1])
		}
		return fail(Request, f)
	case !endsAt(said, tail):
		f := Finding{Link: len(order) - 1, Object: tail, Reason: "WrongTail",
			Message: "the request did not end at the tail, but came back: " + short(said)}
		if name := named.FindString(said); name != "" {
			f.Link, _ = chain.Index(name)
			f.Object, f.Message = name, "the request ended here, and not at "+tail
		}
		f.Hint = fmt.Sprintf("where the ConfigMap's order is right, the link has not read it: chaintui redeploy %d", f.Link)
		return fail(Request, f)
	}
	reason := fmt.Sprintf("200 in %s, answered by %s", p.Took.Round(time.Millisecond/10), tail)
	if p.Attempts > 1 {
		reason += fmt.Sprintf(" (attempt %d; those before it failed)", p.Attempts)
	}
	return pass(Request, reason)
}

// endsAt tells whether the answer names the tail, as "… the final chain link NAME", and not one whose name only begins so.
func endsAt(body, tail string) bool {
	for _, word := range strings.FieldsFunc(body, func(r rune) bool { return !nameRune(r) }) {
		if word == tail {
			return true
		}
	}
	return false
}

func nameRune(r rune) bool { return r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' }
