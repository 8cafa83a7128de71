package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pmezard/go-difflib/difflib"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// Diff is what a plan would change, object by object, as unified diffs of their YAML.
type Diff struct {
	Objects []ObjectDiff // those that differ, in the plan's order
	Notes   []string     // conflicts, and where the API server was not asked
}

// ObjectDiff is what would change of one object.
type ObjectDiff struct {
	Step
	Text string // unified diff
}

// String is the whole diff; empty when nothing differs.
func (d *Diff) String() string {
	var b strings.Builder
	for _, o := range d.Objects {
		b.WriteString(o.Text)
	}
	return b.String()
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
	for i, s := range steps {
		if texts[i] != "" {
			d.Objects = append(d.Objects, ObjectDiff{Step: s, Text: texts[i]})
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
	after, err = w.patch(ctx, s.object, chain.Manager, false, true, "application/json")
	if conflict, ok := errors.AsType[*kube.Conflict](err); ok && len(conflict.Managers) > 0 {
		if s.Verb != Take {
			note = conflict.Error()
		}
		after, err = w.dryRun(ctx, s.object)
	}
	if forbidden, ok := errors.AsType[*kube.Forbidden](err); ok {
		after, err = overlaid(s.live, s.object.Body)
		return after, fmt.Sprintf("compared with the live objects, without a dry run: %v", forbidden), err
	}
	return after, note, err
}

// overlaid is a live object with the desired fields laid over it.
func overlaid(live, desired []byte) ([]byte, error) {
	if live == nil {
		return desired, nil
	}
	var have, want any
	if err := errors.Join(json.Unmarshal(live, &have), json.Unmarshal(desired, &want)); err != nil {
		return nil, err
	}
	return json.Marshal(overlay(have, want))
}

func overlay(have, want any) any {
	switch want := want.(type) {
	case map[string]any:
		have, ok := have.(map[string]any)
		if !ok {
			return want
		}
		for key, value := range want {
			have[key] = overlay(have[key], value)
		}
		return have
	case []any:
		have, ok := have.([]any)
		switch {
		case !ok:
			return want
		case covers(have, want):
			return have
		}
		return overlayList(have, want)
	}
	return want
}

// overlayList lays named elements over those of the same name; other lists are replaced.
func overlayList(have, want []any) any {
	for _, w := range want {
		key, name := mergeKey(w)
		if key == "" {
			return want
		}
		found := false
		for i, h := range have {
			if m, ok := h.(map[string]any); ok && m[key] == name {
				have[i], found = overlay(h, w), true
			}
		}
		if !found {
			have = append(have, w)
		}
	}
	return have
}

// tidy is an object's YAML without what the server keeps for itself.
func tidy(body []byte, s *Step) (string, error) {
	if body == nil {
		return "", nil
	}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return "", fmt.Errorf("%s: %w", s.ID, err)
	}
	delete(object, "status")
	delete(object, "apiVersion") // a typed list's items don't tell
	delete(object, "kind")
	if meta, ok := object["metadata"].(map[string]any); ok {
		for _, field := range []string{"managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"} {
			delete(meta, field)
		}
		if annotations, ok := meta["annotations"].(map[string]any); ok {
			delete(annotations, "deployment.kubernetes.io/revision") // the Deployment controller's
			if len(annotations) == 0 {
				delete(meta, "annotations")
			}
		}
	}
	strip(object)
	text, err := yaml.Marshal(object)
	return sanitise.Text(string(text)), err
}

// strip takes null fields away: typed objects write some that the server leaves out.
func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value == nil {
				delete(v, key)
				continue
			}
			strip(value)
		}
	case []any:
		for _, value := range v {
			strip(value)
		}
	}
}

func unified(s *Step, before, after string) string {
	if before == after {
		return ""
	}
	from, to := "live/"+s.ID.String(), "planned/"+s.ID.String()
	if before == "" {
		from = "/dev/null"
	}
	if after == "" {
		to = "/dev/null"
	}
	text, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: splitLines(before), B: splitLines(after), FromFile: from, ToFile: to, Context: 3,
	})
	if err != nil { // it only fails when its writer does
		return ""
	}
	return text
}

// splitLines is the text's lines with their ends; none of an empty text.
func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
