//go:build e2e

package main

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// hand is a way to use the dashboard: one uses nothing but keys, the other nothing but the mouse.
type hand struct {
	*uitest.Screen
	act   func(key, title string)                 // begins an action
	page  func(number, tab string)                // turns to a page
	step  func(tabs int, label string, steps int) // steps a value up, or down, that is so many fields below
	field func(tabs int, label string)            // goes to such a field, to type into it
	press func(verb string)                       // presses the bright button
}

func keyboard(s *uitest.Screen) hand {
	return hand{
		Screen: s,
		act:    func(key, _ string) { s.Press(key) },
		page:   func(number, _ string) { s.Press(number) },
		step: func(tabs int, _ string, steps int) {
			s.Press(slices.Repeat([]string{"tab"}, tabs)...).Press(slices.Repeat([]string{sign(steps, "-")}, max(steps, -steps))...)
		},
		field: func(tabs int, _ string) { s.Press(slices.Repeat([]string{"tab"}, tabs)...) },
		press: func(string) { s.Enter() },
	}
}

func mouse(s *uitest.Screen) hand {
	return hand{
		Screen: s,
		act:    func(_, title string) { s.Click(": actions").See("What to do?").Click(title) },
		page:   func(_, tab string) { s.Click(tab) },
		step: func(_ int, label string, steps int) {
			for range max(steps, -steps) {
				s.ClickIn(label, sign(steps, "−"))
			}
		},
		field: func(_ int, label string) { s.ClickIn(label, "") },
		press: func(verb string) { s.Click("enter " + verb) },
	}
}

// sign is the key, or the button, that steps a value.
func sign(steps int, down string) string {
	if steps < 0 {
		return down
	}
	return "+"
}

// confirm says yes to a change that shows first what it does.
func (h hand) confirm(verb, ends string) {
	h.press("show what changes")
	h.Await(soon, "enter "+verb)
	h.run(verb, ends)
}

// run presses an action's last button and reads how it ended.
func (h hand) run(verb, ends string) {
	h.press(verb)
	h.Await(starting, "enter ok").See(ends)
	h.press("ok")
}

// Whoever prefers keys and whoever prefers the mouse can do everything that changes a chain or asks it something.
func TestEveryActionByKeys(t *testing.T)  { everyAction(t, keyboard) }
func TestEveryActionByMouse(t *testing.T) { everyAction(t, mouse) }

func everyAction(t *testing.T, with func(*uitest.Screen) hand) {
	t.Helper()
	t.Parallel() // most of it is waiting
	h := with(newRig(t).dashboard(120, 40).Await(soon, "Press D to deploy a chain"))

	h.act("D", "Deploy the chain")
	h.step(0, "Links", 2-chain.DefaultLength)
	h.confirm("deploy", "undo: chaintui delete")
	h.Await(soon, "● 2 links ready")

	h.act("r", "Resize the chain")
	h.step(0, "Links", 1)
	h.confirm("resize", "undo: chaintui resize 2")
	h.Await(soon, "● 3 links ready")

	h.act("s", "Scale a link")
	h.step(1, "Pods", 1)
	h.confirm("scale", "undo: chaintui rollback --to 2")
	h.Await(soon, "2/2")

	h.act("d", "Redeploy links")
	h.confirm("redeploy", "undo: chaintui rollback --to 3")

	h.act("p", "Pause rollouts")
	h.confirm("pause", "undo: chaintui rollback --to 4")
	h.act("P", "Resume rollouts")
	h.confirm("resume", "undo: chaintui rollback --to 5")

	h.act("f", "Inject a fault")
	h.step(1, "Added latency", 7)
	h.See("each request takes 100 ms longer")
	h.run("inject", "undo: chaintui fault 0 --clear")
	h.Await(starting, "▲ slow at link 0")

	h.act("L", "Set the load")
	h.step(0, "Requests per second", 1)
	h.run("set", "undo: chaintui load 1")
	h.Await(starting, "2.0 req/s")

	h.act("R", "Send one request")
	h.Await(soon, "chain.fault latency=100ms")
	h.page("1", "1 Chain")

	h.act("V", "Validate the chain")
	h.Await(soon, "the chain works: 200")
	h.press("ok")

	h.act("F", "Forward a port")
	h.press("forward")
	h.Await(soon, "copy the address")
	forwarded(t, h.Text())
	h.press("ok")

	h.act("i", "Set an image")
	h.field(1, "Image ")
	h.Type("nowhere.invalid/link:none") // only names have to be typed
	h.confirm("set", "ImagePull")
	h.Await(soon, "✗")
	h.act("u", "Roll back")
	h.confirm("roll", "undo: chaintui rollback --to 7")
	h.Await(starting, "▲ slow at link 0") // as before

	h.act("c", "Clear faults")
	h.run("clear", "undo: chaintui fault 0 --latency 100ms")

	h.page("2", "2 Pods")
	h.act("x", "Delete a pod")
	h.press("delete")
	h.Await(starting, "its Deployment makes another")
	h.page("1", "1 Chain")

	h.act("A", "Adopt the chain")
	h.See("this chain is chaintui's already")
	if strings.Contains(h.Text(), "What to do?") { // the palette stays for something else
		h.Click("esc leave")
	}

	h.act("X", "Delete the chain")
	h.Await(soon, "enter delete")
	h.press("delete")
	h.Await(starting, "Nothing is deployed")
}

// forwarded asks the address on the screen, which leads to the head.
func forwarded(t *testing.T, screen string) {
	t.Helper()
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(screen)
	answer, err := http.Get("http://" + address + "/")
	if err != nil {
		t.Fatalf("%v\n%s", err, screen)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%s answers %s", address, answer.Status)
	}
}
