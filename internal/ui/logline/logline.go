// Package logline makes lines of logs readable: JSON is taken apart, levels and trace ids are found.
package logline

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

// Level orders lines by how much they matter.
type Level int

// The levels. Unknown is that of a line that names none.
const (
	Unknown Level = iota
	Debug
	Info
	Warn
	Error
)

// Line is a line made readable: JSON is taken apart once, when it comes in. All of it is safe to print.
type Line struct {
	At     time.Time
	Link   int
	Level  Level
	Text   string // what is read first: the message, or the whole line
	Fields string // the rest of a JSON line as key=value, without the trace id
	Raw    string
	Trace  string // a trace id in it; empty without one
	Gap    bool   // no line: lines are missing here

	named bool // the trace id had a name of its own in the JSON
}

var traceID = regexp.MustCompile(`\b([0-9a-f]{32}|[0-9a-f]{16})\b`)

// Read makes a line readable and safe.
func Read(l feed.LogLine) Line {
	e := Line{At: l.Time, Link: l.Link, Raw: sanitise.Line(strings.TrimRight(l.Text, "\r\n"))}
	if l.Gap != "" {
		e.Gap, e.Text, e.Level = true, "lines may be missing here: "+sanitise.Line(l.Gap), Warn
		return e
	}
	e.Text = e.Raw
	if strings.HasPrefix(strings.TrimSpace(l.Text), "{") {
		e.readJSON(l.Text)
	} else {
		e.Level = levelIn(e.Raw)
	}
	if e.Trace == "" {
		e.Trace = traceID.FindString(e.Raw)
	}
	return e
}

// readJSON takes a structured line apart: slog's names, and those that are common elsewhere.
func (e *Line) readJSON(text string) {
	var object map[string]any
	if json.Unmarshal([]byte(text), &object) != nil {
		return
	}
	take := func(names ...string) string {
		for _, n := range names {
			if v, ok := object[n]; ok {
				delete(object, n)
				if text, ok := v.(string); ok {
					return sanitise.Line(text)
				}
				return value(v)
			}
		}
		return ""
	}
	take("time", "ts", "timestamp", "@timestamp")
	e.Level = levelOf(take("level", "severity", "lvl"))
	e.Text = take("msg", "message")
	e.Trace = take("trace", "trace_id", "traceId", "traceID")
	names := make([]string, 0, len(object))
	for n := range object {
		names = append(names, n)
	}
	slices.Sort(names)
	words := make([]string, 0, len(names))
	for _, n := range names {
		words = append(words, sanitise.Line(n)+"="+value(object[n]))
	}
	e.named = e.Trace != ""
	e.Fields = strings.Join(words, " ")
}

func value(v any) string {
	switch v := v.(type) {
	case string:
		v = sanitise.Line(v)
		if strings.ContainsAny(v, " \"") && len(v) < 200 {
			return fmt.Sprintf("%q", v)
		}
		return v
	case float64:
		return fmt.Sprintf("%g", v)
	case map[string]any, []any:
		text, _ := json.Marshal(v)
		return sanitise.Line(string(text))
	}
	return sanitise.Line(fmt.Sprint(v))
}

func levelOf(word string) Level {
	switch strings.ToUpper(word) {
	case "DEBUG", "TRACE":
		return Debug
	case "INFO", "NOTICE":
		return Info
	case "WARN", "WARNING":
		return Warn
	case "ERROR", "FATAL", "CRITICAL", "PANIC":
		return Error
	}
	return Unknown
}

var levelWord = regexp.MustCompile(`\b(DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b`)

// levelIn finds the level in a line that is no JSON.
func levelIn(text string) Level { return levelOf(levelWord.FindString(text)) }

// Word is the level as it is shown: always the same width.
func (l Level) Word() (string, theme.Ink) {
	switch l {
	case Debug:
		return "DEBUG", theme.Faint
	case Info:
		return "INFO ", theme.Muted
	case Warn:
		return "WARN ", theme.Warn
	case Error:
		return "ERROR", theme.Fail
	}
	return "     ", theme.Muted
}

// Ink is that of the line's text: what is wrong stands out.
func (e *Line) Ink() theme.Ink {
	switch e.Level {
	case Warn:
		return theme.Warn
	case Error:
		return theme.Fail
	}
	return theme.Text
}

// Rest is what is shown after the text: the trace id first, so that a narrow screen does not cut it off, and the fields.
func (e *Line) Rest() string {
	switch {
	case !e.named:
		return e.Fields
	case e.Fields == "":
		return "trace=" + e.Mark()
	}
	return "trace=" + e.Mark() + " " + e.Fields
}

// Mark is what stands for the trace id in the line: its beginning, when the line was taken apart.
func (e *Line) Mark() string {
	if e.named {
		return canvas.Cut(strings.TrimPrefix(e.Trace, "0000000000000000"), 9) // of a short id that was padded the digits that tell
	}
	return e.Trace
}

// Of tells whether the line names a trace. Ids may be padded, or be a beginning with … after it, as lines show it.
func (e *Line) Of(trace string) bool {
	id, want := strings.TrimLeft(e.Trace, "0"), strings.TrimLeft(strings.ToLower(trace), "0")
	if begin, cut := strings.CutSuffix(want, "…"); cut {
		return begin != "" && strings.HasPrefix(id, begin)
	}
	return id != "" && id == want
}
