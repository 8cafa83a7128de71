package traces

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/action"
	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// queryParams are the fields of the filter form, in Zipkin's words.
func queryParams(services func() []string) []action.Param {
	return []action.Param{
		{Name: "service", Label: "Service", Kind: action.Text, Offers: services, Help: "a link's index or a service's name; empty for all"},
		{Name: "span", Label: "Span name", Kind: action.Text, Help: "such as get /forward"},
		{Name: "tags", Label: "Tags", Kind: action.Text, Help: "error, or http.status_code=503; several joined by ' and '"},
		{Name: "min", Label: "At least", Kind: action.Duration, Help: "duration of some span of the service, such as 100ms"},
		{Name: "max", Label: "At most", Kind: action.Duration, Help: "needs a least duration too"},
		{Name: "last", Label: "In the last", Kind: action.Duration, Default: func(action.Scene) string { return "1h" }, Help: "such as 15m or 24h"},
		{Name: "limit", Label: "How many", Kind: action.Integer, Default: func(action.Scene) string { return "100" }, Help: "the newest come first"},
	}
}

// parseQuery makes a query of the form's values.
func parseQuery(args map[string]string) (zipkin.Query, error) {
	q := zipkin.Query{ServiceName: args["service"], SpanName: args["span"], AnnotationQuery: args["tags"]}
	if i, ok := chain.Index(q.ServiceName); ok {
		q.ServiceName = chain.ServiceName(i)
	}
	for name, into := range map[string]*time.Duration{"min": &q.MinDuration, "max": &q.MaxDuration, "last": &q.Lookback} {
		if text := strings.TrimSpace(args[name]); text != "" {
			d, err := time.ParseDuration(text)
			if err != nil || d < 0 {
				return q, fmt.Errorf("%q is no duration; write it like 150ms or 2s", text)
			}
			*into = d
		}
	}
	if q.MaxDuration > 0 && q.MinDuration == 0 {
		q.MinDuration = time.Microsecond
	}
	if text := args["limit"]; text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 10_000 {
			return q, fmt.Errorf("%q traces: want 1 to 10000", text)
		}
		q.Limit = n
	}
	return q, nil
}
