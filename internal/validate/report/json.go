package report

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/validate"
)

// Schema names the form of the JSON report. Fields may be added under the same name; nothing else changes.
const Schema = "chaintui.validate/v1"

// Document is the JSON report. docs/cli.md describes it.
type Document struct {
	Schema    string           `json:"schema"`
	Outcome   validate.Outcome `json:"outcome"`
	Headline  string           `json:"headline"`
	Context   string           `json:"context"`
	Namespace string           `json:"namespace"`
	Links     int              `json:"links"`
	Release   int              `json:"release"` // 0 for a chain of the original's tool
	Started   time.Time        `json:"started"`
	Seconds   float64          `json:"seconds"`
	TraceID   string           `json:"traceId,omitempty"` // of the request that was sent
	Checks    []Check          `json:"checks"`
	Config    []config.Row     `json:"config"`
}

// Check is a verdict in the JSON report.
type Check struct {
	validate.Verdict
	Seconds float64 `json:"seconds"`
}

func writeJSON(w io.Writer, r *validate.Result, settings []config.Row) error {
	d := Document{
		Schema: Schema, Outcome: r.Outcome, Headline: r.Headline, Context: r.Context, Namespace: r.Namespace, Links: r.Links,
		Release: r.Release, Started: r.Started.UTC(), Seconds: r.Took.Seconds(), TraceID: r.TraceID, Checks: []Check{}, Config: settings,
	}
	if d.Config == nil {
		d.Config = []config.Row{}
	}
	for _, v := range r.Verdicts {
		d.Checks = append(d.Checks, Check{v, v.Took.Seconds()})
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return err
	}
	_, err := w.Write(sanitise.JSON(text.Bytes()))
	return err
}
