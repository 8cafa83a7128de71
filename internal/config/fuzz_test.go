package config

import (
	"testing"
	"unicode"
)

// A file of any content gives values that pass their checks and can be used, or an error: never a panic.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{original, "instances=3", "[DEFAULT]\n[DEFAULT]\ninstances: 3", "sleep_time = 1e-9", "rate = -0",
		"a\n b\n", "= 3", "[", "instances = %(instances)s", "toleration = =x:NoSchedule", "namespace = \"\"\"x\ny", "\ufeffrate=1", "node_selector = a=1,b",
		"timeout = 9223372036854775807", "sample_rate = 200%"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := ParseFile("file", data)
		if err != nil {
			printable(t, err.Error())
			return
		}
		for _, w := range file.Warnings {
			printable(t, w)
		}
		c, err := merge(nil, nil, []File{file})
		if err != nil {
			return
		}
		spec := c.Spec()
		if spec.Image == "" {
			spec.Image = "image"
		}
		if spec.ToolsImage == "" {
			spec.ToolsImage = "image"
		}
		load := c.Load()
		if err := spec.Validate(); err != nil {
			t.Fatalf("%q: settings passed, and their Spec does not: %v", data, err)
		}
		if err := load.Validate(); err != nil {
			t.Fatalf("%q: settings passed, and their load does not: %v", data, err)
		}
		c.Timeout(0)
		for _, r := range c.Rows() {
			printable(t, r.Value)
		}
	})
}

func printable(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) {
			t.Fatalf("control character %q in %q", r, text)
		}
	}
}
