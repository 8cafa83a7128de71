package action

import (
	"maps"
	"slices"
	"strings"
)

// leading are the arguments that a command takes without a flag.
var leading = map[string]string{"fault": "links", "load": "rate", "resize": "instances"}

// Command is the command that does what the action does with these arguments, such as "chaintui fault 2 --clear".
func Command(id string, args Args) string {
	words := []string{"chaintui", id}
	if first := args[leading[id]]; first != "" {
		words = append(words, first)
	}
	plain := len(words)
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if name != leading[id] && args[name] != "" {
			words = append(words, "--"+name, args[name])
		}
	}
	if id == "fault" && len(words) == plain {
		words = append(words, "--clear")
	}
	return strings.Join(words, " ")
}
