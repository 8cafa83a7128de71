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
