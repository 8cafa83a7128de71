package write

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/kube"
)

// Diff is what a plan would change, object by object, as unified diffs of their YAML.
type Diff struct {
	Objects []string // the unified diffs of those that differ, in the plan's order
	Notes   []string // conflicts, and where the API server was not asked
}

// String is the whole diff; empty when nothing differs.
func (d *Diff) String() string {
	return strings.Join(d.Objects, "")
}

// Diff asks the API server what each of the plan's changes would make of its object, by a dry run. Where the user may not
// patch, or the namespace is not there yet, it compares with the live objects itself, and says so.
func (w *Writer) Diff(ctx context.Context, p *Plan) (*Diff, error) {
	steps := p.choose(func(s *Step) bool { return s.Verb != Keep })
	texts, notes := make([]string, len(steps)), make([]string, len(steps))
	err := each(ctx, len(steps), func(ctx context.Context, i int) (err error) {
		texts[i], notes[i], err = w.diffOf(ctx, p, &steps[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &Diff{}
	seen := map[string]bool{}
	for i := range steps {
		if texts[i] != "" {
			d.Objects = append(d.Objects, texts[i])
		}
		if notes[i] != "" && !seen[notes[i]] {
			seen[notes[i]] = true
			d.Notes = append(d.Notes, notes[i])
		}
	}
	return d, nil
}

func (w *Writer) diffOf(ctx context.Context, p *Plan, s *Step) (text, note string, err error) {
	var after []byte
	switch {
	case s.Verb == Delete:
	case p.CreateNamespace:
		after, note = s.object.Body, "the namespace is not there yet: new objects are shown without the server's defaults"
	default:
		after, note, err = w.foretell(ctx, s)
		if err != nil {
			return "", "", err
		}
	}
	before, err := tidy(s.live, s)
	if err != nil {
		return "", "", err
	}
	then, err := tidy(after, s)
	if err != nil {
		return "", "", err
	}
	return unified(s, before, then), note, nil
}

// foretell is the object as an apply would leave it.
func (w *Writer) foretell(ctx context.Context, s *Step) (after []byte, note string, err error) {
	after, err = w.dryRun(ctx, s.object, false)
	if conflict, ok := errors.AsType[*kube.Conflict](err); ok && len(conflict.Managers) > 0 {
		if s.Verb != Take {
			note = conflict.Error()
		}
		after, err = w.dryRun(ctx, s.object, true)
	}
	if forbidden, ok := errors.AsType[*kube.Forbidden](err); ok {
		after, err = overlaid(s.live, s.object.Body)
		return after, fmt.Sprintf("compared with the live objects, without a dry run: %v", forbidden), err
	}
	return after, note, err
}
