package tour

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/traffic"
)

// Captions have two lines of 78 cells.

func sayHealthy(t *Tour, _ View) string {
	n := t.links()
	if !t.Began.Loaded {
		return fmt.Sprintf("One request through all %d links: each bar is one, the head waits for all. Nothing else flows: there is no load generator.", n)
	}
	return fmt.Sprintf("One request through all %d links. Each bar is a link, from being asked to answering: the head waits for all that follow.", n)
}

func saySlow(t *Tour, v View) string {
	i := slowLink(t.links())
	if !flow(v, i).Slow {
		return fmt.Sprintf("Link %d takes %v longer. %s", i, slowBy, t.unseen())
	}
	return fmt.Sprintf("Link %d takes %v longer: this page and the header say so. What is before it waits, and is not blamed: a link's own time counts.", i, slowBy)
}

func sayWhose(t *Tour, _ View) string {
	return fmt.Sprintf("What is above link %d is long because it waits. ◀ marks the span whose own time it is, and the pane below names the fault.", slowLink(t.links()))
}

func sayError(t *Tour, v View) string {
	n := t.links()
	i := badLink(n)
	if !flow(v, i).Origin {
		return fmt.Sprintf("Link %d answers every request with %d. %s", i, badCode, t.unseen())
	}
	text := fmt.Sprintf("Link %d answers every request with %d, and is marked; what is before it passes that on.", i, badCode)
	if n > i+1 {
		text += fmt.Sprintf(" Nothing reaches link %d: it is idle, not broken.", i+1)
	}
	return text
}

func sayOrigin(t *Tour, _ View) string {
	n := t.links()
	i := badLink(n)
	text := fmt.Sprintf("The error began at link %d and was passed on to the head.", i)
	if n > i+1 {
		text += fmt.Sprintf(" There is no span of link %d: it was never called.", i+1)
	}
	return text
}

func sayBefore(t *Tour, v View) string {
	n := t.links()
	text := fmt.Sprintf("All is well again. Next the chain grows from %d to %d links", n, n+growBy)
	if l := v.Traffic.Load; l != nil && t.Began.Loaded {
		text += fmt.Sprintf(" under %.3g requests a second: %d were sent so far, %d failed", l.Load.Rate, l.Total.Sent, l.Total.Failed)
	}
	return text + "."
}

func sayGrown(t *Tour, v View) string {
	return fmt.Sprintf("%d links: the new ones were ready before they got a request, and no pod was restarted.%s", len(v.Snap.Links), t.lost(v))
}

func sayImage(t *Tour, v View) string {
	i, why := slowLink(t.links()), ""
	if i < len(v.Snap.Links) && v.Snap.Links[i].Reason != "" {
		why = " (" + v.Snap.Links[i].Reason + ")"
	}
	return fmt.Sprintf("The new pod of link %d can't start%s: this page says why. The old pod stays, and serves.%s", i, why, t.lost(v))
}

func sayBack(t *Tour, v View) string {
	return fmt.Sprintf("One rollback to release %d took back both: the image and the %d new links.%s", t.Began.Release, growBy, t.lost(v))
}

func sayTidy(*Tour, View) string {
	key := func(id string) string {
		a, _ := action.Find(id)
		return a.Key
	}
	return fmt.Sprintf("The chain is as it was. Each thing that a tour shows is one key on this page: %s request, %s fault, %s resize, %s image, %s roll back.",
		key("request"), key("fault"), key("resize"), key("image"), key("rollback"))
}

func (t *Tour) links() int { return len(t.Began.Spec.Links) }

// unseen is said where the verdict has not come.
func (t *Tour) unseen() string {
	if !t.Began.Loaded {
		return "Without a load generator nothing flows that would show it here; a request will."
	}
	return "That shows with the newest traces, in a moment; a request shows it at once."
}

// lost says how many requests failed since the scene opened, by the load generator's own counts; empty where that can't
// be told.
func (t *Tour) lost(v View) string {
	now := v.Traffic.Load
	if t.before == nil || now == nil || !now.Started.Equal(t.before.Started) || now.Total.Sent < t.before.Total.Sent {
		return ""
	}
	sent, failed := now.Total.Sent-t.before.Total.Sent, now.Total.Failed-t.before.Total.Failed
	if failed == 0 {
		return fmt.Sprintf(" Of %d requests meanwhile none failed.", sent)
	}
	return fmt.Sprintf(" Of %d requests meanwhile %d failed.", sent, failed)
}

// flow is a link's traffic; the zero value where nothing is known of it.
func flow(v View, link int) traffic.Link {
	if link >= len(v.Snap.Links) {
		return traffic.Link{}
	}
	return v.Traffic.Links[v.Snap.Links[link].Service]
}
