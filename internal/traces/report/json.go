package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/compare"
	"github.com/chaintui/chaintui/internal/traces/critical"
	"github.com/chaintui/chaintui/internal/traces/stats"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Version names the shape of all JSON documents of this package. A field that is added does not change it; one that is
// renamed, dropped or means something else does. All times are whole microseconds.
const Version = "chaintui.traces/v1"

// Document is what a command prints as JSON: its version, its kind ("trace", "list", "comparison", "statistics",
// "dependencies"), and the field of that kind.
type Document struct {
	Version      string          `json:"version"`
	Kind         string          `json:"kind"`
	Trace        *Trace          `json:"trace,omitempty"`
	Traces       []TraceSummary  `json:"traces,omitzero"`
	Comparison   *compare.Result `json:"comparison,omitempty"`
	Statistics   *stats.Set      `json:"statistics,omitempty"`
	Dependencies []zipkin.Link   `json:"dependencies,omitzero"`
}

// TraceSummary is one trace of a list.
type TraceSummary struct {
	TraceID     string        `json:"traceId"`
	Start       int64         `json:"start"`    // µs since the Unix epoch; 0 when unknown
	Duration    int64         `json:"duration"` // µs
	Name        string        `json:"name"`     // of the root
	Services    []string      `json:"services"` // in the order of rows
	Errors      int           `json:"errors"`   // rows that failed
	Ledger      traces.Ledger `json:"ledger"`
	SlowestHop  string        `json:"slowestHop,omitempty"`  // the service with the most time of its own in one row of the critical path
	SlowestSelf int64         `json:"slowestSelf,omitempty"` // that time, µs
}

// Trace is one trace with all its rows.
type Trace struct {
	TraceSummary
	Repaired     int              `json:"repaired"`      // spans with a field that was mended or dropped
	Cut          string           `json:"cut,omitempty"` // why the list received ended early
	Refused      []zipkin.Refusal `json:"refusals,omitempty"`
	Origin       *int             `json:"origin,omitempty"` // index of the row where the error began
	CriticalPath []Segment        `json:"criticalPath"`
	Shares       []critical.Share `json:"shares"` // of the critical path, by service
	Rows         []Row            `json:"rows"`   // depth first
}

// Segment is a stretch of the critical path.
type Segment struct {
	Row      int   `json:"row"`      // index in rows
	Start    int64 `json:"start"`    // µs from the trace's start
	Duration int64 `json:"duration"` // µs
	Network  bool  `json:"network,omitempty"`
}

// Row is a row of the waterfall. Services, names, spans and kinds have one entry for each half, the client's first.
type Row struct {
	Depth        int      `json:"depth"`
	Services     []string `json:"services"`
	Names        []string `json:"names"`
	IDs          []string `json:"ids"`
	Kinds        []string `json:"kinds"`
	Positions    [][]int  `json:"positions"`         // in the list received, of the pieces of each half
	Start        *int64   `json:"start"`             // µs from the trace's start; null when unknown
	Duration     int64    `json:"duration"`          // µs
	SelfTime     int64    `json:"selfTime"`          // µs in which no child ran
	CriticalTime int64    `json:"criticalTime"`      // µs of its own on the critical path
	Network      *int64   `json:"network,omitempty"` // µs between the halves of the call
	Shift        int64    `json:"shift,omitempty"`   // µs by which clocks were corrected, the larger of the halves
	Error        string   `json:"error,omitempty"`
	Marks        []string `json:"marks"` // see the names of traces.Mark
}

// Summarise makes the summary of a trace.
func Summarise(t *traces.Trace) TraceSummary {
	s := TraceSummary{TraceID: t.ID, Start: t.Start, Duration: t.Duration(), Services: list(t.Services), Errors: failures(t), Ledger: t.Ledger}
	if len(t.Rows) > 0 {
		s.Name = t.Rows[0].Name()
	}
	if row, self := critical.Largest(critical.Path(t)); row >= 0 {
		s.SlowestHop, s.SlowestSelf = t.Rows[row].Service(), self
	}
	return s
}

// TraceDocument is one trace.
func TraceDocument(t *traces.Trace) Document {
	path := critical.Path(t)
	out := &Trace{TraceSummary: Summarise(t), Repaired: t.Repaired, Cut: t.Cut, Refused: t.Refused, CriticalPath: []Segment{}, Shares: list(critical.Shares(t, path)), Rows: []Row{}}
	if t.Origin >= 0 {
		out.Origin = &t.Origin
	}
	own := make([]int64, len(t.Rows))
	for _, s := range path {
		out.CriticalPath = append(out.CriticalPath, Segment{Row: s.Row, Start: s.From - t.Start, Duration: s.Duration(), Network: s.Network})
		if !s.Network {
			own[s.Row] += s.Duration()
		}
	}
	for i := range t.Rows {
		row := jsonRow(t, i)
		row.CriticalTime = own[i]
		out.Rows = append(out.Rows, row)
	}
	return Document{Version: Version, Kind: "trace", Trace: out}
}

func jsonRow(t *traces.Trace, i int) Row {
	r := &t.Rows[i]
	out := Row{Depth: r.Depth, Services: []string{}, Names: []string{}, IDs: []string{}, Kinds: []string{}, Positions: [][]int{}, Duration: r.Duration, SelfTime: r.Self,
		Error: r.Failure(), Marks: list(r.Marks.Names())}
	for _, h := range r.Halves() {
		out.Services = append(out.Services, h.Service())
		out.Names = append(out.Names, h.Span.Name)
		out.IDs = append(out.IDs, h.Span.ID)
		out.Kinds = append(out.Kinds, string(h.Span.Kind))
		out.Positions = append(out.Positions, h.Pieces)
		out.Shift = max(out.Shift, h.Shift)
	}
	if r.Start > 0 {
		start := r.Start - t.Start
		out.Start = &start
	}
	if r.Network >= 0 {
		out.Network = &r.Network
	}
	return out
}

// ListDocument is a list of traces.
func ListDocument(set []*traces.Trace) Document {
	d := Document{Version: Version, Kind: "list", Traces: []TraceSummary{}}
	for _, t := range set {
		d.Traces = append(d.Traces, Summarise(t))
	}
	return d
}

// CompareDocument is a comparison.
func CompareDocument(r compare.Result) Document {
	return Document{Version: Version, Kind: "comparison", Comparison: &r}
}

// StatsDocument is the statistics of a set.
func StatsDocument(s stats.Set) Document {
	return Document{Version: Version, Kind: "statistics", Statistics: &s}
}

// MapDocument is who called whom.
func MapDocument(links []zipkin.Link) Document {
	return Document{Version: Version, Kind: "dependencies", Dependencies: list(links)}
}

// WriteJSON writes d, indented. Characters that could steer a terminal are written as \u escapes: nothing is lost.
func WriteJSON(w io.Writer, d Document) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return err
	}
	_, err := w.Write(sanitise.JSON(b.Bytes()))
	return err
}

// list is l, or an empty list for JSON where it is nil.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}
