package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/validate"
)

// words are the outcomes as the first line has them.
var words = map[validate.Outcome]string{
	validate.Healthy: "OK", validate.Unhealthy: "FAILED", validate.TimedOut: "TIMED OUT", validate.NoAccess: "NO ACCESS",
}

// writeText writes the headline first: which link, which container, why.
func writeText(w io.Writer, r *validate.Result) error {
	var b strings.Builder
	line := func(indent int, format string, args ...any) {
		b.WriteString(strings.Repeat(" ", indent) + sanitise.Line(fmt.Sprintf(format, args...)) + "\n")
	}
	line(0, "%s: %s", words[r.Outcome], r.Headline)
	for _, v := range r.Verdicts {
		line(0, "%-4s  %-9s  %s  %s", mark(v.Status), v.Check, seconds(v.Took), v.Reason)
		for i := range v.Findings {
			writeFinding(line, v.Findings, i)
		}
	}
	switch {
	case r.Outcome == validate.Healthy:
		line(0, "All objects ready: %d links in namespace %s, proven in %s", r.Links, r.Namespace, strings.TrimSpace(seconds(r.Took)))
	case len(r.Verdicts) == 0:
		line(0, "Nothing could be checked in namespace %s", r.Namespace)
	default:
		line(0, "%d links in namespace %s; took %s", r.Links, r.Namespace, strings.TrimSpace(seconds(r.Took)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeFinding writes a check's finding below it; the first one's line is the check's own. A hint that holds for the next
// finding too is written there.
func writeFinding(line func(int, string, ...any), all []validate.Finding, i int) {
	f := &all[i]
	if i > 0 {
		line(6, "%s", f.Line())
	}
	if f.Pod != "" {
		line(8, "pod: %s", f.Pod)
	}
	for _, e := range f.Warnings {
		line(8, "event: %s", e)
	}
	if len(f.Logs) > 0 {
		line(8, "last lines of its log:")
		for _, l := range f.Logs {
			line(10, "%s", l)
		}
	}
	if f.Hint != "" && (i+1 == len(all) || all[i+1].Hint != f.Hint) {
		line(8, "hint: %s", f.Hint)
	}
}

func mark(s validate.Status) string {
	switch s {
	case validate.Pass:
		return "ok"
	case validate.Fail:
		return "FAIL"
	case validate.Timeout:
		return "WAIT"
	case validate.Skip:
	}
	return "skip"
}

// seconds is a duration in a column of its own.
func seconds(d time.Duration) string { return fmt.Sprintf("%6.2f s", d.Seconds()) }
