package config

import (
	"fmt"
	"io"
	"net/url"
	"text/tabwriter"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Row is one setting as `config show` prints it.
type Row struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Origin Origin `json:"origin"`
	Where  string `json:"where,omitempty"` // the flag, the variable, or file:line
}

// Rows are all settings with where each came from.
func (c *Config) Rows() []Row {
	rows := make([]Row, len(table))
	for i, s := range table {
		v := c.values[s.Name]
		rows[i] = Row{s.Name, sanitise.Line(secretless(v.Text)), v.Origin, sanitise.Line(v.Where)}
	}
	return rows
}

// secretless is a setting's text without the password of a URL.
func secretless(text string) string {
	if u, err := url.Parse(text); err == nil && u.User != nil {
		return u.Redacted()
	}
	return text
}

// Show prints all settings as a table.
func (c *Config) Show(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SETTING\tVALUE\tFROM")
	for _, r := range c.Rows() {
		from := string(r.Origin)
		if r.Where != "" {
			from += " " + r.Where
		}
		value := r.Value
		if value == "" {
			value = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", r.Name, value, from)
	}
	return t.Flush()
}
