package traces

import (
	"fmt"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
)

// linkOf is the link that a row belongs to; -1 for none.
func linkOf(r *traces.Row) int {
	if i, ok := chain.Index(r.Service()); ok {
		return i
	}
	return -1
}

// place is a service in words: "link 5".
func place(service string) string {
	if i, ok := chain.Index(service); ok {
		return fmt.Sprintf("link %d", i)
	}
	if service == "" {
		return "an unknown service"
	}
	return sanitise.Line(service)
}
