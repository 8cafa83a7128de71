package report

import (
	"io"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/validate"
)

// Escapes of GitHub's workflow commands (actions/toolkit, packages/core/src/command.ts): data, and values of properties.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes an annotation of the outcome, and one for each check that did not pass.
func writeGitHub(w io.Writer, r *validate.Result) error {
	var b strings.Builder
	annotate := func(level, title, text string) {
		b.WriteString("::" + level + " title=" + property.Replace(sanitise.Line(title)) + "::" + data.Replace(sanitise.Text(text)) + "\n")
	}
	if r.Outcome == validate.Healthy {
		annotate("notice", "chain "+r.Namespace+" works", r.Headline)
	} else {
		annotate("error", "chain "+r.Namespace+": "+string(r.Outcome), r.Headline)
	}
	for _, v := range r.Verdicts {
		switch v.Status {
		case validate.Fail, validate.Timeout:
			annotate("error", "chaintui validate: "+v.Check, strings.TrimRight(details(v), "\n"))
		case validate.Skip:
			annotate("warning", "chaintui validate: "+v.Check+" skipped", v.Reason)
		case validate.Pass:
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
