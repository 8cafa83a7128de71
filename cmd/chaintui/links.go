package main

import (
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// linksOf reads links as the user names them: by index or name; none, or "all", for all.
func linksOf(args []string, s *state.Snapshot) ([]int, error) {
	var links []int
	for _, arg := range args {
		if arg == "all" && len(args) == 1 {
			return nil, nil
		}
		i, err := chain.ParseLink(arg, len(s.Links))
		if err != nil {
			return nil, usage{err}
		}
		links = append(links, i)
	}
	slices.Sort(links)
	return slices.Compact(links), nil
}

// ours refuses to change a chain that is not there, or has no release to begin from.
func ours(s *state.Snapshot) error {
	switch s.Origin {
	case state.None:
		return usage{write.ErrNoChain}
	case state.Original:
		return write.ErrUnadopted
	case state.Ours:
	}
	return nil
}

// about is the help of a command that is an action of the dashboard too, so that the two can't drift apart.
func about(id string) (short, long string) {
	a, ok := action.Find(id)
	if !ok {
		panic("no action " + id)
	}
	return strings.TrimSuffix(a.Help, "."), a.Help
}
