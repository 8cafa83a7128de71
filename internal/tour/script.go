package tour

import (
	"fmt"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// scene is a part of a step: what is done when it opens, what is waited for then, and what is said about it.
type scene struct {
	step  int // from 1
	title string
	does  string    // said while it is being done
	link  int       // chosen on what is shown; -1 for none
	clean Beginning // what the chain is made first; of release 0 for nothing
	acts  []Act     // done after that
	until func(*Tour, View) bool
	say   func(*Tour, View) string
}

// steps is how many steps the tour has.
const steps = 6

// What the tour does to the chain.
const (
	slowBy   = chain.Duration(150 * time.Millisecond)
	badCode  = 503
	growBy   = 2
	badImage = ":no-such-image"
)

// slowLink is in the middle of a chain of n, and has one before it.
func slowLink(n int) int { return max((n-1)/2, 1) }

// badLink is the one before the tail, so that something is seen to be downstream of it; the tail of two.
func badLink(n int) int { return max(n-2, 1) }

// absent is an image beside the given one that no registry has.
func absent(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if i := strings.LastIndexByte(image, ':'); i > strings.LastIndexByte(image, '/') {
		image = image[:i]
	}
	return image + badImage
}

// script is the whole tour of a chain that began so.
func script(b Beginning) []scene {
	n := len(b.Spec.Links)
	slow, bad := slowLink(n), badLink(n)
	calm := b.calm()
	return []scene{
		{
			step: 1, title: "A healthy request", link: -1, say: sayHealthy,
			does:  "A request is sent to the head. Its trace opens as it arrives.",
			clean: calm, acts: []Act{request()},
		},
		{
			step: 2, title: "A slow link", link: slow, say: saySlow,
			does:  fmt.Sprintf("Link %d is told to wait %v before it goes on: a fault, live within a second, without a restart.", slow, slowBy),
			clean: calm, acts: []Act{fault([]int{slow}, chain.Fault{Latency: slowBy})}, until: isSlow(slow),
		},
		{
			step: 2, title: "Whose time it is", link: slow, say: sayWhose,
			does: "One more request, now of the slow chain.",
			acts: []Act{request()},
		},
		{
			step: 3, title: "An error", link: bad, say: sayError,
			does:  fmt.Sprintf("The slow link is as fast as before. Now link %d is told to answer every request with %d.", bad, badCode),
			clean: calm, acts: []Act{fault([]int{bad}, chain.Fault{ErrorRate: 1, Status: badCode})}, until: isFailing(bad, n),
		},
		{
			step: 3, title: "Where it began", link: bad, say: sayOrigin,
			does: "One more request, to see where it ends.",
			acts: []Act{request()},
		},
		{
			step: 4, title: "Growing under load", link: n - 1, say: sayBefore,
			does:  "The fault is cleared, and the load generator is asked for its counts.",
			clean: calm, until: counted,
		},
		{
			step: 4, title: "Growing under load", link: n, say: sayGrown,
			does: fmt.Sprintf("The chain grows from %d to %d links: the new ones are made and waited for, then the order is published.", n, n+growBy),
			acts: []Act{resize(n + growBy)}, until: counted,
		},
		{
			step: 5, title: "A bad image", link: slow, say: sayImage,
			does: fmt.Sprintf("Link %d is told to run an image that does not exist.", slow),
			acts: []Act{image(slow, absent(b.Spec.ImageOf(slow)))}, until: isStuck(slow),
		},
		{
			step: 5, title: "Its rollback", link: slow, say: sayBack,
			does:  fmt.Sprintf("Release %d of before the tour is rolled back to.", b.Release),
			clean: calm, until: counted,
		},
		{
			step: 6, title: "Tidied up", link: -1, say: sayTidy,
			does:  "Everything is put back as it was before the tour.",
			clean: b,
		},
	}
}

// isSlow waits until a link is known to be slow.
func isSlow(link int) func(*Tour, View) bool {
	return func(t *Tour, v View) bool { return !t.Began.Loaded || flow(v, link).Slow }
}

// isFailing waits until link bad is where errors begin, and nothing reaches the links after it.
func isFailing(bad, n int) func(*Tour, View) bool {
	return func(t *Tour, v View) bool {
		for i := bad + 1; i < n; i++ {
			if t.Began.Loaded && !flow(v, i).Idle {
				return false
			}
		}
		return !t.Began.Loaded || flow(v, bad).Origin
	}
}

// isStuck waits until a link's new pod can't start.
func isStuck(link int) func(*Tour, View) bool {
	return func(_ *Tour, v View) bool {
		return link < len(v.Snap.Links) && v.Snap.Links[link].Status == state.Failing
	}
}

// counted waits for the load generator's answer to a question asked after the scene's acts: the first answer may be to
// one that was asked before.
func counted(t *Tour, v View) bool { return !t.Began.Loaded || v.Polls >= t.polls+2 }
