package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/validate"
)

var update = flag.Bool("update", false, "write the golden files anew")

func results() map[string]*validate.Result {
	started := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	base := validate.Result{Context: "kind-dev", Namespace: "demo", Links: 6, Release: 3, Started: started, Took: 1234 * time.Millisecond, TraceID: "0123456789abcdef0123456789abcdef"}
	pass := func(check, reason string) validate.Verdict {
		return validate.Verdict{Check: check, Status: validate.Pass, Reason: reason, Took: 10 * time.Millisecond}
	}
	healthy := base
	healthy.Outcome, healthy.Headline = validate.Healthy, "the chain works: 200 in 5ms"
	for _, name := range validate.Names {
		healthy.Verdicts = append(healthy.Verdicts, pass(name, "as it should be"))
	}
	broken := base
	first := validate.Finding{Link: 3, Object: "chain-link-service-3", Pod: "pod-3", Container: "chain-link", Reason: "CrashLoopBackOff",
		Message: "back-off 20s\x1b[31m <&\"> 100%", Hint: "chaintui logs 3 --previous", Warnings: []string{"BackOff Pod/pod-3: again (× 7)"}, Logs: []string{"panic: no", "]]> ::error::"}}
	second := validate.Finding{Link: 5, Object: "chain-link-service-5", Reason: "Unschedulable", Message: "0/1 nodes", Hint: "free a node"}
	broken.Outcome, broken.Headline = validate.Unhealthy, first.Line()
	broken.Verdicts = []validate.Verdict{
		pass(validate.Access, "all rights"),
		{Check: validate.Rollouts, Status: validate.Fail, Reason: first.Line(), Findings: []validate.Finding{first, second}, Took: 20 * time.Second},
		{Check: validate.Request, Status: validate.Timeout, Reason: "waiting", Findings: []validate.Finding{{Link: -1, Message: "waiting"}}},
		{Check: validate.Load, Status: validate.Skip, Reason: "the chain has no load generator"},
	}
	lost := base
	lost.Err, lost.Outcome, lost.Headline = io.EOF, validate.NoAccess, "the API server can't be reached"
	return map[string]*validate.Result{"healthy": &healthy, "broken": &broken, "lost": &lost}
}

func TestGolden(t *testing.T) {
	for name, r := range results() {
		for _, format := range Formats {
			t.Run(name+"."+format, func(t *testing.T) {
				var out bytes.Buffer
				settings := []config.Row{{Name: "namespace", Value: "demo", Origin: config.FromFlag, Where: "--namespace"}}
				if err := Write(&out, Format(format), r, settings); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join("testdata", name+"."+format)
				if *update {
					if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(out.Bytes(), want) {
					t.Errorf("%s differs (go test -update writes it anew):\n%s", path, out.String())
				}
				if i := strings.IndexFunc(out.String(), func(c rune) bool { return unicode.IsControl(c) && c != '\n' }); i >= 0 && format != "json" {
					t.Errorf("control character %q", out.String()[i])
				}
			})
		}
	}
}

func TestTextNamesTheBrokenLinkOnItsFirstLine(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, Text, results()["broken"], nil); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	for _, want := range []string{"FAILED", "link 3", "chain-link", "CrashLoopBackOff"} {
		if !strings.Contains(line, want) {
			t.Errorf("first line %q lacks %q", line, want)
		}
	}
}

func TestJUnitIsWhatAStrictParserReads(t *testing.T) {
	for name, r := range results() {
		var out bytes.Buffer
		if err := Write(&out, JUnit, r, nil); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(&out)
		d.Strict = true
		var all testSuites
		if err := d.Decode(&all); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := all.Suites[0]
		if s.Tests != len(s.Cases) || all.Tests != s.Tests || all.Failures != s.Failures || all.Errors != s.Errors {
			t.Errorf("%s: counts %+v of %d cases", name, s, len(s.Cases))
		}
		if (r.Outcome == validate.Healthy) != (s.Failures+s.Errors == 0) {
			t.Errorf("%s: %s has %d failures and %d errors", name, r.Outcome, s.Failures, s.Errors)
		}
	}
}

func TestJSONReadsBack(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, JSON, results()["broken"], nil); err != nil {
		t.Fatal(err)
	}
	var d Document
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Schema != Schema || d.Outcome != validate.Unhealthy || d.Checks[1].Findings[0].Link != 3 || d.Checks[1].Seconds != 20 {
		t.Errorf("read back: %+v", d)
	}
}

func TestGitHubCommandsAreOneLineEach(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, GitHub, results()["broken"], nil); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if !strings.HasPrefix(line, "::error title=") && !strings.HasPrefix(line, "::warning title=") {
			t.Errorf("no annotation: %q", line)
		}
		if strings.Contains(line, "100%") && !strings.Contains(line, "100%25") {
			t.Errorf("%% is not escaped: %q", line)
		}
	}
}
