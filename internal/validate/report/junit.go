package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/validate"
)

// The elements of JUnit's XML, as Jenkins's and GitLab's parsers read them (the schema of the Ant task).
type (
	testSuites struct {
		XMLName  xml.Name    `xml:"testsuites"`
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Time     string      `xml:"time,attr"`
		Suites   []testSuite `xml:"testsuite"`
	}
	testSuite struct {
		Name      string     `xml:"name,attr"`
		Tests     int        `xml:"tests,attr"`
		Failures  int        `xml:"failures,attr"`
		Errors    int        `xml:"errors,attr"`
		Skipped   int        `xml:"skipped,attr"`
		Time      string     `xml:"time,attr"`
		Timestamp string     `xml:"timestamp,attr"`
		Cases     []testCase `xml:"testcase"`
	}
	testCase struct {
		Class   string   `xml:"classname,attr"`
		Name    string   `xml:"name,attr"`
		Time    string   `xml:"time,attr"`
		Failure *outcome `xml:"failure,omitempty"`
		Error   *outcome `xml:"error,omitempty"`
		Skipped *outcome `xml:"skipped,omitempty"`
		Output  string   `xml:"system-out,omitempty"`
	}
	outcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit makes a test case of each check. What timed out, or could not be judged at all, is an error and no failure.
func writeJUnit(w io.Writer, r *validate.Result) error {
	s := testSuite{Name: "chaintui validate " + sanitise.Line(r.Namespace), Time: xmlSeconds(r.Took),
		Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
	for _, v := range r.Verdicts {
		s.Cases = append(s.Cases, caseOf(v, r.Namespace))
	}
	if r.Err != nil {
		s.Cases = append(s.Cases, testCase{Class: "chaintui." + sanitise.Line(r.Namespace), Name: "cluster", Time: xmlSeconds(r.Took),
			Error: &outcome{Message: sanitise.Line(r.Headline), Type: string(r.Outcome)}})
	}
	for _, c := range s.Cases {
		s.Tests++
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	all := testSuites{Name: "chaintui", Tests: s.Tests, Failures: s.Failures, Errors: s.Errors, Time: s.Time, Suites: []testSuite{s}}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func caseOf(v validate.Verdict, namespace string) testCase {
	c := testCase{Class: "chaintui." + sanitise.Line(namespace), Name: v.Check, Time: xmlSeconds(v.Took)}
	o := &outcome{Message: sanitise.Line(v.Reason)}
	if len(v.Findings) > 0 {
		o.Type, o.Text = sanitise.Line(v.Findings[0].Reason), details(v)
	}
	switch v.Status {
	case validate.Fail:
		c.Failure = o
	case validate.Timeout:
		c.Error = o
	case validate.Skip:
		c.Skipped = o
	case validate.Pass:
		c.Output = o.Message
	}
	return c
}

// details are all findings of a check, as the text report has them.
func details(v validate.Verdict) string {
	var b strings.Builder
	line := func(indent int, format string, args ...any) {
		b.WriteString(strings.Repeat(" ", max(indent-6, 0)) + sanitise.Line(fmt.Sprintf(format, args...)) + "\n")
	}
	line(0, "%s", v.Reason)
	for i := range v.Findings {
		writeFinding(line, v.Findings, i)
	}
	return b.String()
}

func xmlSeconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
