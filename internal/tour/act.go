package tour

import (
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Act is an action that the tour wants to be run.
type Act struct {
	ID     string // of the action
	Args   action.Args
	NoWait bool                       // done when it is written, not when the chain is ready with it
	Shown  func(*state.Snapshot) bool // whether a snapshot has its effect; nil when none ever will
}

// Command is the command that does the same, for acts that undo something.
func (a Act) Command() string { return action.Command(a.ID, a.Args) }

// kind is the action that takes the act back: fault, load, or rollback; empty when it changes nothing.
func (a Act) kind() string {
	switch a.ID {
	case "request":
		return ""
	case "fault", "load":
		return a.ID
	}
	return "rollback"
}

func request() Act { return Act{ID: "request"} }

func resize(n int) Act {
	return Act{ID: "resize", Args: action.Args{"instances": strconv.Itoa(n)}, Shown: func(s *state.Snapshot) bool {
		ready, total := s.Counts()
		return ready == n && total == n
	}}
}

// image rolls a link to another image, and does not wait for what may never be ready.
func image(link int, name string) Act {
	args := action.Args{"links": strconv.Itoa(link), "chain-link-image": name}
	return Act{ID: "image", Args: args, NoWait: true, Shown: func(s *state.Snapshot) bool {
		return link < len(s.Links) && s.Links[link].Image == name
	}}
}

func load(rate float64) Act {
	return Act{ID: "load", Args: action.Args{"rate": strconv.FormatFloat(rate, 'g', -1, 64)}, Shown: func(s *state.Snapshot) bool {
		return rateOf(s) == rate
	}}
}

// fault sets one fault on links; the zero one clears them. None would be all, and is never asked for.
func fault(links []int, f chain.Fault) Act {
	args := action.FaultArgs(f)
	words := make([]string, len(links))
	for i, link := range links {
		words[i] = strconv.Itoa(link)
	}
	args["links"] = strings.Join(words, " ")
	return Act{ID: "fault", Args: args, Shown: func(s *state.Snapshot) bool {
		for _, link := range links {
			if plain(s.Live.Faults[chain.ServiceName(link)]) != plain(f) {
				return false
			}
		}
		return true
	}}
}

// plain is a fault without a status that nothing is answered with.
func plain(f chain.Fault) chain.Fault {
	if f.ErrorRate == 0 {
		f.Status = 0
	}
	return f
}
