package action

import (
	"maps"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// leading are the arguments that a command takes without a flag.
var leading = map[string]string{"fault": "links", "load": "rate", "resize": "instances"}

// Command is the command that does what the action does with these arguments, such as "chaintui fault 2 --clear".
func Command(id string, args Args) string {
	words := []string{"chaintui", id}
	for _, word := range strings.Fields(args[leading[id]]) { // several links are several arguments
		words = append(words, Quote(word))
	}
	plain := len(words)
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if name != leading[id] && args[name] != "" {
			words = append(words, "--"+name, Quote(args[name]))
		}
	}
	if id == "fault" && len(words) == plain {
		words = append(words, "--clear")
	}
	return strings.Join(words, " ")
}

// unquoted are the characters that mean nothing to a POSIX shell, wherever they stand in an argument.
const unquoted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"

// Quote is a word as an argument on a POSIX shell's command line. What could steer a terminal is taken out of it: commands
// are shown, copied and pasted.
func Quote(word string) string {
	word = sanitise.Line(word)
	if word != "" && strings.Trim(word, unquoted) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
