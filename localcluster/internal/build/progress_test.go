package build

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestProgressCountsWhatWasPlanned(t *testing.T) {
	p := NewProgress(parseList("a/b\t3\nc\t1\n\nd\t0\nc\t1\nno weight\n"))
	if text := p.Text(time.Minute); text != "0 of 3 packages, 0%" {
		t.Errorf("at the start: %q", text)
	}
	if !p.Line("a/b\n") || p.Line("a/b") || p.Line("# c") || p.Line("somewhere.go:1:2: wrong") {
		t.Error("only a package that is waited for counts, and once")
	}
	// 3 of 5 files of 94%: 56.4%, so 60 s were spent and 46.4 s are left.
	if text := p.Text(time.Minute); text != "1 of 3 packages, 56%, 46s left" {
		t.Errorf("after one: %q", text)
	}
	if text := p.Text(time.Second); strings.Contains(text, "left") {
		t.Errorf("too early to tell: %q", text)
	}
	p.Line("c")
	p.Line("d")
	if text := p.Text(time.Minute); text != "3 of 3 packages, 94%, linking" {
		t.Errorf("at the end: %q", text)
	}
}

func TestProgressWithNothingToCompile(t *testing.T) {
	p := NewProgress(nil)
	if text := p.Text(time.Minute); text != "0 of 0 packages, 94%, linking" {
		t.Errorf("text = %q", text)
	}
}

func FuzzProgress(f *testing.F) {
	f.Add("a/b\t3\nc\t1", "a/b\nc\n# c")
	f.Add("\t\n\t1\na\t-5", "\n\x00")
	f.Fuzz(func(t *testing.T, list, lines string) {
		p := NewProgress(parseList(list))
		last := p.Fraction()
		for line := range strings.Lines(lines) {
			p.Line(line)
			if now := p.Fraction(); now < last || now < 0 || now > 1 {
				t.Fatalf("the fraction goes from %g to %g", last, now)
			}
			last = p.Fraction()
			_ = p.Text(time.Minute)
		}
	})
}

func TestDigestChangesWithWhatIsBuilt(t *testing.T) {
	digest := func(files map[string]string, flags ...string) string {
		sources := fstest.MapFS{}
		for name, text := range files {
			sources[name] = &fstest.MapFile{Data: []byte(text)}
		}
		sum, err := Digest(sources, flags)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	base := digest(map[string]string{"go.mod": "module a", "m/main.go": "x"}, "-v")
	if again := digest(map[string]string{"go.mod": "module a", "m/main.go": "x"}, "-v"); again != base || len(base) != 16 {
		t.Errorf("the same sources have the digests %q and %q", base, again)
	}
	for what, other := range map[string]string{
		"text":           digest(map[string]string{"go.mod": "module b", "m/main.go": "x"}, "-v"),
		"name":           digest(map[string]string{"go.mod": "module a", "n/main.go": "x"}, "-v"),
		"one more":       digest(map[string]string{"go.mod": "module a", "m/main.go": "x", "n": ""}, "-v"),
		"flag":           digest(map[string]string{"go.mod": "module a", "m/main.go": "x"}, "-w"),
		"flag boundary":  digest(map[string]string{"go.mod": "module a", "m/main.go": "x"}, "-", "v"),
		"moved boundary": digest(map[string]string{"go.mod": "module ", "m/main.go": "ax"}, "-v"),
	} {
		if other == base {
			t.Errorf("another %s has the same digest", what)
		}
	}
}
