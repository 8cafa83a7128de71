package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/traffic"
)

// wanted are the flags by which traces are chosen.
type wanted struct {
	service, remote, span, query string
	min, max                     time.Duration
	errors                       bool
}

// search is what is wanted of the traces of some time.
type search struct {
	wanted
	since         time.Duration
	end           string
	limit, deeper int
	settled       bool // leave out what began a moment ago: its spans may still be on the way
}

func (q *wanted) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&q.service, "service", "", "with a span of this service; a link may be named by its index")
	flags.StringVar(&q.remote, "remote-service", "", "… that called, or was called by, this one")
	flags.StringVar(&q.span, "span", "", "… of this name")
	flags.StringVar(&q.query, "query", "", "with these tags or annotations: 'http.status_code=503 and error'")
	flags.DurationVar(&q.min, "min-duration", 0, "with a span at least this long")
	flags.DurationVar(&q.max, "max-duration", 0, "with a span at most this long")
	flags.BoolVar(&q.errors, "errors", false, "only traces in which something failed")
}

func (q *search) addFlags(c *cobra.Command) {
	q.wanted.addFlags(c)
	flags := c.Flags()
	flags.DurationVar(&q.since, "since", time.Hour, "no older than this")
	flags.StringVar(&q.end, "until", "", "that began before this time (RFC 3339; default now)")
	flags.IntVar(&q.limit, "limit", 20, "at most this many; the server gives the newest")
	flags.IntVar(&q.deeper, "deeper", 1, "how many pages to ask for, each older than the one before")
}

// askTimeout bounds asking a collector, unless the user says otherwise.
const askTimeout = 30 * time.Second

// settling is how long spans may take from the link to the collector.
const settling = 2 * time.Second

// settledAt is the moment, by the server's clock, before which traces have arrived.
func settledAt(ctx context.Context, api *zipkin.API) time.Time { return api.Now(ctx).Add(-settling) }

// zipkin is the query that the flags come to.
func (q *wanted) zipkin() zipkin.Query {
	out := zipkin.Query{ServiceName: serviceName(q.service), RemoteServiceName: serviceName(q.remote), SpanName: q.span,
		AnnotationQuery: q.query, MinDuration: q.min, MaxDuration: q.max}
	if q.max > 0 && q.min == 0 {
		out.MinDuration = time.Microsecond // Zipkin takes the one only with the other
	}
	if q.errors && q.query == "" {
		out.AnnotationQuery = "error"
	} else if q.errors {
		out.AnnotationQuery += " and error"
	}
	return out
}

func (q *search) zipkin() (zipkin.Query, error) {
	out := q.wanted.zipkin()
	out.Lookback, out.Limit = q.since, q.limit
	if q.limit < 1 || q.deeper < 1 || q.since <= 0 {
		return out, usage{errors.New("--limit and --deeper want 1 or more, --since a time")}
	}
	if q.end != "" {
		end, err := time.Parse(time.RFC3339, q.end)
		if err != nil {
			return out, usage{fmt.Errorf("--until %q: want a time such as 2006-01-02T15:04:05Z", q.end)}
		}
		out.End = end
	}
	return out, nil
}

// serviceName lets a link be named by its index.
func serviceName(name string) string {
	if i, ok := chain.Index(name); ok {
		return chain.ServiceName(i)
	}
	return name
}

// found is what a search brought.
type found struct {
	set  []*traces.Trace // newest first; of a file in its order
	full bool            // there may be more
	cut  string
}

// find searches the server, or reads the file that is named.
func (q *search) find(ctx context.Context, a *app, args []string) (found, error) {
	if len(args) > 0 {
		lists, err := a.readTraces(args[0])
		return foundIn(lists), err
	}
	query, err := q.zipkin()
	if err != nil {
		return found{}, err
	}
	api, err := a.collector(ctx)
	if err != nil {
		return found{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, a.config.Timeout(askTimeout))
	defer cancel()
	if q.settled && query.End.IsZero() {
		query.End = settledAt(ctx, api)
	}
	var f found
	others := 0
	err = zipkin.Deeper(ctx, api, query, q.deeper, func(s zipkin.Search) bool {
		own := a.own(s.Traces)
		f.set, others = append(f.set, built(own)...), others+len(s.Traces)-len(own)
		f.full, f.cut = s.Full, cmp.Or(f.cut, s.Cut)
		return true
	})
	if others > 0 {
		a.say("without %d traces of chains in other namespaces; with --zipkin-url all are shown", others)
	}
	if err == nil && len(f.set) == 0 && query.ServiceName != "" {
		a.tellService(ctx, api, query.ServiceName)
	}
	return f, atCollector(err)
}

// foundIn is what a file brought. Lists without anything in them are no traces.
func foundIn(lists []zipkin.List) found {
	var f found
	for _, l := range lists {
		f.cut = cmp.Or(f.cut, l.Cut)
	}
	f.set = built(slices.DeleteFunc(lists, func(l zipkin.List) bool { return l.Received() == 0 }))
	return f
}

// atCollector is an error of asking the collector: it was not reached, did not answer in time, or takes the question for
// a mistake.
func atCollector(err error) error {
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*zipkin.StatusError](err); ok && refused.Status == http.StatusBadRequest {
		return usage{fmt.Errorf("the collector refuses the search: %w", err)}
	}
	err = fmt.Errorf("the collector can't be asked: %w", err)
	if errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return noAccess{err}
}

func built(lists []zipkin.List) []*traces.Trace {
	set := make([]*traces.Trace, len(lists))
	for i := range lists {
		set[i] = traces.BuildList(lists[i])
	}
	return set
}

// readTraces reads a file, or standard input for "-", in any of Zipkin's JSON forms.
func (a *app) readTraces(name string) ([]zipkin.List, error) {
	r := a.in
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usage{fmt.Errorf("there is no file %s", name)}
		}
		if err != nil {
			return nil, usage{err}
		}
		defer f.Close()
		r = f
	}
	lists, err := zipkin.DecodeLists(r, zipkin.Limits{Stream: true})
	if err != nil {
		return nil, usage{fmt.Errorf("%s: %w", name, err)}
	}
	return traces.Group(lists...), nil
}

// own are the traces that are not another chain's, at the collector of a chain.
func (a *app) own(lists []zipkin.List) []zipkin.List {
	if a.chain == "" {
		return lists
	}
	return traffic.Own(a.chain, lists)
}

// collector is the API to ask: --zipkin-url needs no cluster.
func (a *app) collector(ctx context.Context) (*zipkin.API, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	if url := c.Text("zipkin-url"); url != "" {
		return zipkin.NewAPI(url, nil, zipkin.Limits{})
	}
	var api *zipkin.API
	err = a.reached(ctx, func(_ *config.Config, cluster *cluster, s *state.Snapshot) (err error) {
		a.chain = cluster.Namespace
		api, err = session.NewCollector("", cluster.Cluster).API(s)
		return err
	})
	return api, err
}
