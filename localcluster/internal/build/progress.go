package build

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Package is one package that has to be compiled, with the number of source
// files as its weight: time goes with the amount of code, not with packages.
type Package struct {
	Path   string
	Weight int
}

// listFormat makes `go list` print a line for each package that is not in the
// build cache: its path, a tab and the number of its files.
const listFormat = "{{if .Stale}}{{.ImportPath}}\t{{len .GoFiles}}{{end}}"

func parseList(text string) []Package {
	var packages []Package
	for line := range strings.Lines(text) {
		path, files, found := strings.Cut(strings.TrimSpace(line), "\t")
		weight, err := strconv.Atoi(files)
		if found && err == nil {
			packages = append(packages, Package{path, max(weight, 1)})
		}
	}
	return packages
}

// linking is the share of the whole that follows the last compiled package.
const linking = 0.06

// Progress counts the packages that `go build -v` names, each once.
type Progress struct {
	left        map[string]int // path to weight
	done, all   int            // packages
	seen, total int            // weight
}

// NewProgress starts at none of the given packages.
func NewProgress(packages []Package) *Progress {
	p := &Progress{left: map[string]int{}}
	for _, each := range packages {
		if _, twice := p.left[each.Path]; twice {
			continue
		}
		p.left[each.Path] = each.Weight
		p.all++
		p.total += each.Weight
	}
	return p
}

// Line takes one line of `go build -v` and says whether it named a package
// that was waited for; the rest is what the compiler has to say.
func (p *Progress) Line(line string) bool {
	path := strings.TrimSpace(line)
	weight, waited := p.left[path]
	if !waited {
		return false
	}
	delete(p.left, path)
	p.done++
	p.seen += weight
	return true
}

// Fraction is how much of the work is done, 0 to 1. It reaches 1 only with
// nothing to do: linking comes last and says nothing.
func (p *Progress) Fraction() float64 {
	if p.total == 0 {
		return 1 - linking
	}
	return float64(p.seen) / float64(p.total) * (1 - linking)
}

// Text is the state in words: "1200 of 1890 packages, 62%, 1m20s left".
func (p *Progress) Text(elapsed time.Duration) string {
	fraction := p.Fraction()
	text := fmt.Sprintf("%d of %d packages, %d%%", p.done, p.all, int(fraction*100))
	switch {
	case p.done == p.all:
		return text + ", linking"
	case elapsed < 3*time.Second || fraction == 0: // too early to tell
		return text
	}
	left := time.Duration(float64(elapsed) * (1 - fraction) / fraction).Round(time.Second)
	return text + ", " + left.String() + " left"
}
