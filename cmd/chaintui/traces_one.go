package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// slowestOf is how many of the newest traces the slowest is looked for among.
const slowestOf = 100

// one is the trace that a user names: an id or its beginning, "latest", "slowest", a file, or "-".
func (a *app) one(ctx context.Context, name string) (zipkin.List, error) {
	if name == "-" || isFile(name) {
		return a.oneOfFile(name)
	}
	id, err := traceID(name)
	if err != nil && !nickname(name) {
		return zipkin.List{}, err
	}
	api, err := a.collector(ctx)
	if err != nil {
		return zipkin.List{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, a.config.Timeout(askTimeout))
	defer cancel()
	switch name {
	case traces.Latest:
		return a.newest(ctx, api)
	case traces.Slowest:
		return a.slowest(ctx, api)
	}
	list, err := zipkin.Named(ctx, api, id)
	if none, ok := errors.AsType[*zipkin.NotOne](err); ok {
		return list, usage{none}
	}
	return list, atCollector(err)
}

// traceID is a trace's id, or its beginning, as somebody gives it: a list marks that it has cut one.
func traceID(name string) (string, error) {
	id := strings.TrimRight(name, "…~")
	if _, err := zipkin.PadID(id, 32); err != nil {
		return "", usage{fmt.Errorf("%q is no trace: give an id, latest, slowest, a file, or - for standard input", name)}
	}
	return id, nil
}

// nickname tells whether a trace is named by what it is, not by its id.
func nickname(name string) bool { return name == traces.Latest || name == traces.Slowest }

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// oneOfFile is the trace of a file; of several the slowest.
func (a *app) oneOfFile(name string) (zipkin.List, error) {
	lists, err := a.readTraces(name)
	if err != nil {
		return zipkin.List{}, err
	}
	i := traces.Longest(lists)
	if lists[i].Received() == 0 {
		return zipkin.List{}, usage{fmt.Errorf("there is no span in %s", name)}
	}
	if len(lists) > 1 {
		a.say("%s holds %d traces; this is the slowest", name, len(lists))
	}
	return lists[i], nil
}

// newest is the newest trace, once it does not grow any more.
func (a *app) newest(ctx context.Context, api *zipkin.API) (zipkin.List, error) {
	var own []zipkin.List
	for _, limit := range []int{1, slowestOf} { // the newest may be another chain's
		found, err := api.Traces(ctx, zipkin.Query{Limit: limit, Lookback: 24 * time.Hour})
		if err != nil {
			return zipkin.List{}, atCollector(err)
		}
		if own = a.own(found.Traces); len(own) > 0 || len(found.Traces) == 0 {
			break
		}
	}
	if len(own) == 0 {
		return zipkin.List{}, errNoTraces
	}
	list := own[0]
	for still := 0; still < 2 && len(list.Spans) > 0; still++ {
		select {
		case <-ctx.Done():
			return list, nil
		case <-time.After(250 * time.Millisecond):
		}
		again, err := api.Trace(ctx, list.Spans[0].TraceID)
		if err == nil && again.Received() > list.Received() {
			list, still = again, -1
		}
	}
	return list, nil
}

func (a *app) slowest(ctx context.Context, api *zipkin.API) (zipkin.List, error) {
	found, err := api.Traces(ctx, zipkin.Query{Limit: slowestOf, Lookback: 24 * time.Hour, End: settledAt(ctx, api)})
	if err != nil {
		return zipkin.List{}, atCollector(err)
	}
	own := a.own(found.Traces)
	if len(own) == 0 {
		return zipkin.List{}, errNoTraces
	}
	if found.Full {
		a.say("the slowest of the %d newest traces; traces list --deeper looks further back", len(own))
	}
	return own[traces.Longest(own)], nil
}

// errNoTraces is a collector that has none.
var errNoTraces = usage{errors.New("the collector has no traces yet: chaintui request sends one, chaintui load RATE many")}
