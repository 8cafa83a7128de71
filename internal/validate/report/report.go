// Package report writes what a validation found out: as text for people, as JSON for programs, as JUnit XML for CI
// servers, and as annotations for GitHub Actions.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/chaintui/chaintui/internal/config"
	"github.com/chaintui/chaintui/internal/validate"
)

// Format is a form of the report.
type Format string

// The formats.
const (
	Text   Format = "text"
	JSON   Format = "json"
	JUnit  Format = "junit"
	GitHub Format = "github"
)

// Formats are the names of the formats, the default first.
var Formats = []string{string(Text), string(JSON), string(JUnit), string(GitHub)}

// Write writes the result in a format. Settings are the configuration in use; only JSON has them.
func Write(w io.Writer, f Format, r *validate.Result, settings []config.Row) error {
	switch f {
	case Text:
		return writeText(w, r)
	case JSON:
		return writeJSON(w, r, settings)
	case JUnit:
		return writeJUnit(w, r)
	case GitHub:
		return writeGitHub(w, r)
	}
	return fmt.Errorf("no report format %q", f)
}

// FormatOf is the format that a file's name asks for: .json, .xml, or else text.
func FormatOf(path string) Format {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		return JSON
	case ".xml":
		return JUnit
	}
	return Text
}
