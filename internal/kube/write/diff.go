package write

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/kube"
)

// Diff is what a plan would change, object by object, as unified diffs of their YAML.
type Diff struct {
	Objects   []string // the unified diffs of those that differ, in the plan's order
	Conflicts []string // whose fields are in its way: the plan is refused there, unless its writer forces
	Notes     []string // where the API server was not asked
}

// String is the whole diff; empty when nothing differs.
func (d *Diff) String() string {
	return strings.Join(d.Objects, "")
}

// Diff asks the API server what each of the plan's changes would make of its object, by a dry run. Where the user may not
// patch, or the namespace is not there yet, it compares with the live objects itself, and says so.
func (w *Writer) Diff(ctx context.Context, p *Plan) (*Diff, error) {
	steps := p.choose(func(s *Step) bool { return s.Verb != Keep })
	found := make([]difference, len(steps))
	err := each(ctx, len(steps), func(ctx context.Context, i int) (err error) {
		found[i], err = w.diffOf(ctx, p, &steps[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &Diff{}
	for _, f := range found {
		if f.text != "" {
			d.Objects = append(d.Objects, f.text)
		}
		if f.conflict != "" {
			d.Conflicts = append(d.Conflicts, f.conflict)
		}
		if f.note != "" && !slices.Contains(d.Notes, f.note) {
			d.Notes = append(d.Notes, f.note)
		}
	}
	return d, nil
}

// difference is what a plan would make of one object.
type difference struct {
	after                []byte
	text, conflict, note string
}

func (w *Writer) diffOf(ctx context.Context, p *Plan, s *Step) (d difference, err error) {
	switch {
	case s.Verb == Delete:
	case p.CreateNamespace:
		d.after, d.note = s.object.Body, "the namespace is not there yet: new objects are shown without the server's defaults"
	default:
		if d, err = w.foretell(ctx, s); err != nil {
			return d, err
		}
	}
	before, err := tidy(s.live, s)
	if err != nil {
		return d, err
	}
	then, err := tidy(d.after, s)
	d.text = unified(s, before, then)
	return d, err
}

// foretell is the object as an apply would leave it.
func (w *Writer) foretell(ctx context.Context, s *Step) (d difference, err error) {
	d.after, err = w.dryRun(ctx, s.object, false)
	if conflict, ok := errors.AsType[*kube.Conflict](err); ok && len(conflict.Managers) > 0 {
		if s.Verb != Take {
			d.conflict = s.object.String() + " is " + conflict.Whose()
		}
		d.after, err = w.dryRun(ctx, s.object, true)
	}
	if forbidden, ok := errors.AsType[*kube.Forbidden](err); ok {
		d.note = fmt.Sprintf("compared with the live objects, without a dry run: %v", forbidden)
		d.after, err = overlaid(s.live, s.object.Body)
	}
	return d, err
}
