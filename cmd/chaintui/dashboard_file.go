package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui"
)

// given is what --trace names: the traces of a file, else none, and an id is made what it is asked for by. The latest and
// the slowest are looked for once the dashboard is there.
func (d *dashboard) given(a *app) ([]zipkin.List, error) {
	if d.trace == "" {
		return nil, nil
	}
	if isFile(d.trace) {
		lists, err := a.readTraces(d.trace)
		lists = slices.DeleteFunc(lists, func(l zipkin.List) bool { return len(l.Spans) == 0 })
		if err == nil && len(lists) == 0 {
			err = usage{fmt.Errorf("there is no span in %s", d.trace)}
		}
		return lists, err
	}
	if nickname(d.trace) {
		return nil, nil
	}
	id, err := traceID(d.trace)
	if err != nil {
		return nil, usage{fmt.Errorf("--trace %q: want a trace's id, the beginning of one, latest, slowest, or a file", d.trace)}
	}
	d.trace = id
	return nil, nil
}

// ofFile makes the dashboard one of a file's traces, without a cluster: a single one is open at once.
func (d *dashboard) ofFile(o *ui.Options, lists []zipkin.List) {
	name := sanitise.Line(filepath.Base(d.trace))
	o.Open, o.Places, o.Login, o.ReadOnly = session.OfFile(name, lists), nil, nil, true
	o.Context, o.Namespace, o.Trace, o.Page = "", name, "", cmp.Or(o.Page, "traces")
	if len(lists) == 1 {
		o.Trace = traces.BuildList(lists[0]).ID
	}
}
