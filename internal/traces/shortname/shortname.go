// Package shortname makes names of services short: they lose what all have in common.
package shortname

import (
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// generic are words that say nothing about a service when all services have them. They go in this order, for one may stand
// in another's way.
var generic = []string{"service", "services", "svc", "deployment", "server", "app"}

// Names maps each service to the name to show: without the dotted prefix that all share ("com.example.orders" of several
// "com.example."), and without a word that all share and that says nothing ("chain-link-service-3" is "chain-link-3").
// Different services keep different names, one service alone keeps its whole name unless it is a link's, and all are safe
// to show.
func Names(services []string) map[string]string {
	out := make(map[string]string, len(services))
	for _, s := range services {
		out[s] = sanitise.Line(s)
	}
	if len(out) < 2 {
		for s := range out { // a link's is known without others beside it
			if i, ok := chain.Index(s); ok && s == chain.ServiceName(i) {
				out[s] = chain.InstanceName(i)
			}
		}
		return out
	}
	prefix := sharedPrefix(out)
	apply(out, func(s string) string { return s[prefix:] })
	for _, word := range generic {
		if all(out, func(s string) bool { return hasWord(s, word) }) {
			apply(out, func(s string) string { return dropWord(s, word) })
		}
	}
	return out
}

// apply renames all, unless a name would be empty or two would become one.
func apply(names map[string]string, rename func(string) string) {
	after := make(map[string]string, len(names))
	distinct := map[string]string{}
	for key, name := range names {
		short := rename(name)
		if other, taken := distinct[short]; short == "" || taken && other != name {
			return
		}
		after[key], distinct[short] = short, name
	}
	for key, short := range after {
		names[key] = short
	}
}

func all(names map[string]string, is func(string) bool) bool {
	for _, n := range names {
		if !is(n) {
			return false
		}
	}
	return true
}

// sharedPrefix is the length of the dotted prefix all names share, its last dot included.
func sharedPrefix(names map[string]string) int {
	prefix, first := "", true
	for _, n := range names {
		dots := n[:strings.LastIndexByte(n, '.')+1]
		if first {
			prefix, first = dots, false
		}
		for !strings.HasPrefix(dots, prefix) {
			prefix = prefix[:strings.LastIndexByte(strings.TrimSuffix(prefix, "."), '.')+1]
		}
	}
	return len(prefix)
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == '/' })
}

func hasWord(s, word string) bool {
	for _, w := range words(s) {
		if w == word {
			return true
		}
	}
	return false
}

// dropWord takes the first occurrence of word out of s, with one separator beside it.
func dropWord(s, word string) string {
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return s
		}
		begin, end := at+i, at+i+len(word)
		left := begin == 0 || separator(s[begin-1])
		right := end == len(s) || separator(s[end])
		switch {
		case !left || !right:
			at = begin + 1
		case begin > 0:
			return s[:begin-1] + s[end:]
		case end < len(s):
			return s[end+1:]
		default:
			return ""
		}
	}
}

func separator(c byte) bool { return c == '-' || c == '_' || c == '.' || c == '/' }
