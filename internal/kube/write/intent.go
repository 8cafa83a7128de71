package write

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
)

// Base is what an Intent changes.
type Base struct {
	Spec     chain.Spec      // a copy, to be changed
	Releases []chain.Release // newest first
	Next     int             // number of the release that the change will be
	First    bool            // the chain has no release yet
}

// Intent is what a user wants of a chain. The functions of this package make them.
type Intent struct {
	// Action says in words what is done; the release keeps it.
	Action func(Base) string
	// First is the Spec to begin with where there is no chain yet; nil when the intent needs one.
	First *chain.Spec
	// Spec changes the Spec; nil for changes of the live settings alone, which make no release.
	Spec func(*Base) error
	// Live changes the live settings after the order was set; nil leaves them.
	Live func(*chain.Live) error
	// Adopt takes over objects that are not chaintui's.
	Adopt bool
}

func words(text string) func(Base) string { return func(Base) string { return text } }

// Deploy makes the chain what first says, or changes the running one by edit: what the user gives explicitly. live
// changes the live settings. Both may be nil.
func Deploy(first chain.Spec, edit func(*chain.Spec) error, live func(*chain.Live) error) Intent {
	return Intent{Action: words("deploy"), First: &first, Live: live, Spec: func(b *Base) error {
		if b.First || edit == nil {
			return nil
		}
		return edit(&b.Spec)
	}}
}

// Resize sets the number of links.
func Resize(n int) Intent {
	var from int
	return Intent{
		Spec:   func(b *Base) error { from = len(b.Spec.Links); b.Spec.Resize(n); return nil },
		Action: func(Base) string { return fmt.Sprintf("resize %d → %d", from, n) },
	}
}

// Redeploy replaces the pods of the links, or of all links when none is given, and sets their image unless it is empty.
func Redeploy(links []int, image string) Intent {
	text := "redeploy " + linkList(links)
	if image != "" {
		text += " with " + image
	}
	return Intent{Action: words(text), Spec: func(b *Base) error {
		token := strconv.Itoa(b.Next)
		if len(links) == 0 {
			b.Spec.Restart = token
			if image != "" {
				b.Spec.Image = image
				for i := range b.Spec.Links {
					b.Spec.Links[i].Image = ""
				}
			}
			return nil
		}
		return eachLink(b, links, func(l *chain.Link) {
			l.Restart = token
			if image != "" {
				l.Image = image
			}
		})
	}}
}

// SetImage rolls the links, or all when none is given, to another image.
func SetImage(links []int, image string) Intent {
	return Intent{Action: words("image of " + linkList(links) + " " + image), Spec: func(b *Base) error {
		if image == "" {
			return errors.New("no image was given")
		}
		if len(links) == 0 {
			b.Spec.Image = image
		}
		return eachLink(b, links, func(l *chain.Link) {
			l.Image = image
			if len(links) == 0 {
				l.Image = ""
			}
		})
	}}
}

// Rollback makes the Spec what an earlier release said; 0 is the one before the newest. Live settings stay.
func Rollback(to int) Intent {
	var number int
	return Intent{
		Action: func(Base) string { return fmt.Sprintf("rollback to %d", number) },
		Spec: func(b *Base) error {
			number = to
			if to == 0 {
				if len(b.Releases) < 2 {
					return errors.New("there is no earlier release to roll back to")
				}
				number = b.Releases[1].Number
			}
			i := slices.IndexFunc(b.Releases, func(r chain.Release) bool { return r.Number == number })
			if i < 0 {
				return fmt.Errorf("there is no release %d: the cluster keeps %s", number, numbers(b.Releases))
			}
			b.Spec = b.Releases[i].Spec.Clone()
			return nil
		},
	}
}

// Pause holds the rollout of the links, or of all when none is given, where it is.
func Pause(links []int) Intent { return paused(links, true, "pause ") }

// Resume lets paused rollouts go on.
func Resume(links []int) Intent { return paused(links, false, "resume ") }

func paused(links []int, yes bool, text string) Intent {
	return Intent{Action: words(text + linkList(links)), Spec: func(b *Base) error {
		return eachLink(b, links, func(l *chain.Link) { l.Paused = yes })
	}}
}

// Scale sets how many pods share a link's requests.
func Scale(link int, replicas int32) Intent {
	return Intent{Action: words(fmt.Sprintf("scale link %d to %d", link, replicas)), Spec: func(b *Base) error {
		return eachLink(b, []int{link}, func(l *chain.Link) { l.Replicas = &replicas })
	}}
}

// SetFaults sets the fault of the links, or of all when none is given; the zero Fault clears it. It makes no release.
func SetFaults(links []int, fault chain.Fault) Intent {
	return Intent{Action: words("fault " + linkList(links) + ": " + fault.String()), Live: func(l *chain.Live) error {
		if err := fault.Validate(); err != nil {
			return err
		}
		chosen := links
		if len(links) == 0 {
			chosen = make([]int, len(l.Order))
			for i := range chosen {
				chosen[i] = i
			}
		}
		faults := make(chain.Faults, len(l.Faults)+len(chosen))
		for name, f := range l.Faults {
			faults[name] = f
		}
		for _, i := range chosen {
			if i < 0 || i >= len(l.Order) {
				return fmt.Errorf("link %d is not in the chain: its links are 0 to %d", i, len(l.Order)-1)
			}
			faults[l.Order[i]] = fault
			if fault.IsZero() {
				delete(faults, l.Order[i])
			}
		}
		l.Faults = faults
		return nil
	}}
}

// SetLoad changes what the load generator does. It makes no release.
func SetLoad(change func(*chain.Load)) Intent {
	return Intent{Action: words("load"), Live: func(l *chain.Live) error {
		load := chain.Load{Rate: chain.DefaultRate}
		if l.Load != nil {
			load = *l.Load
		}
		change(&load)
		if err := load.Validate(); err != nil {
			return err
		}
		l.Load = &load
		return nil
	}}
}

func eachLink(b *Base, links []int, change func(*chain.Link)) error {
	if len(links) == 0 {
		for i := range b.Spec.Links {
			change(&b.Spec.Links[i])
		}
		return nil
	}
	for _, i := range links {
		if i < 0 || i >= len(b.Spec.Links) {
			return fmt.Errorf("link %d is not in the chain: its links are 0 to %d", i, len(b.Spec.Links)-1)
		}
		change(&b.Spec.Links[i])
	}
	return nil
}

func linkList(links []int) string {
	switch len(links) {
	case 0:
		return "all links"
	case 1:
		return "link " + strconv.Itoa(links[0])
	}
	return "links " + strings.Trim(strings.ReplaceAll(fmt.Sprint(links), " ", ", "), "[]")
}

func numbers(releases []chain.Release) string {
	var list []string
	for _, r := range releases {
		list = append(list, strconv.Itoa(r.Number))
	}
	return strings.Join(list, ", ")
}
