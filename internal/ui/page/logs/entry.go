package logs

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

// level orders lines by how much they matter.
type level int

const (
	unknown level = iota
	debug
	info
	warn
	bad
)

var levelNames = map[level]string{unknown: "all", info: "from INFO", warn: "from WARN", bad: "only ERROR"}

// entry is a line made readable: JSON is taken apart once, when it comes in.
type entry struct {
	at     time.Time
	link   int
	pod    string
	level  level
	text   string // what is read first: the message, or the whole line
	fields string // the rest of a JSON line as key=value
	raw    string
	trace  string // a trace id in it; empty without one
	gap    bool   // no line: lines are missing here
}

var traceID = regexp.MustCompile(`\b([0-9a-f]{32}|[0-9a-f]{16})\b`)

// read makes a line readable and safe.
func read(l feed.LogLine) entry {
	e := entry{at: l.Time, link: l.Link, pod: sanitise.Line(l.Pod), raw: sanitise.Line(strings.TrimRight(l.Text, "\r\n"))}
	if l.Gap != "" {
		e.gap, e.text, e.level = true, "lines may be missing here: "+sanitise.Line(l.Gap), warn
		return e
	}
	e.text = e.raw
	if strings.HasPrefix(strings.TrimSpace(l.Text), "{") {
		e.readJSON(l.Text)
	} else {
		e.level = levelIn(e.raw)
	}
	if e.trace == "" {
		e.trace = traceID.FindString(e.raw)
	}
	return e
}

// readJSON takes a structured line apart: slog's names, and those that are common elsewhere.
func (e *entry) readJSON(text string) {
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
	e.level = levelOf(take("level", "severity", "lvl"))
	e.text = take("msg", "message")
	e.trace = take("trace", "trace_id", "traceId", "traceID")
	names := make([]string, 0, len(object))
	for n := range object {
		names = append(names, n)
	}
	slices.Sort(names)
	words := make([]string, 0, len(names))
	for _, n := range names {
		words = append(words, sanitise.Line(n)+"="+value(object[n]))
	}
	if e.trace != "" {
		words = append(words, "trace="+e.mark())
	}
	e.fields = strings.Join(words, " ")
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

func levelOf(word string) level {
	switch strings.ToUpper(word) {
	case "DEBUG", "TRACE":
		return debug
	case "INFO", "NOTICE":
		return info
	case "WARN", "WARNING":
		return warn
	case "ERROR", "FATAL", "CRITICAL", "PANIC":
		return bad
	}
	return unknown
}

var levelWord = regexp.MustCompile(`\b(DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b`)

// levelIn finds the level in a line that is no JSON.
func levelIn(text string) level { return levelOf(levelWord.FindString(text)) }

// word is the level as it is shown: always the same width.
func (l level) word() (string, theme.Ink) {
	switch l {
	case debug:
		return "DEBUG", theme.Faint
	case info:
		return "INFO ", theme.Muted
	case warn:
		return "WARN ", theme.Warn
	case bad:
		return "ERROR", theme.Fail
	}
	return "     ", theme.Muted
}

// mark is what stands for the trace id in the line: its beginning, when the line was taken apart.
func (e *entry) mark() string {
	if e.fields != "" || len(e.trace) > 8 && strings.HasPrefix(e.raw, "{") {
		return canvas.Cut(e.trace, 9)
	}
	return e.trace
}
