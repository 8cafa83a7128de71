package write

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/manifests"
)

// Drift is an object that is not what the newest release says.
type Drift struct {
	manifests.ID
	Link     int  // -1 for none
	Missing  bool // it is not there
	Extra    bool // it carries the chain's labels, and the release doesn't name it
	Fields   []FieldDrift
	Managers []string // who wrote the fields that differ, as the API server calls them; empty when unknown
}

// FieldDrift is a field with another value than the release says. Values are JSON.
type FieldDrift struct{ Path, Want, Have string }

// String tells the drift in one line.
func (d Drift) String() string {
	switch {
	case d.Missing:
		return d.ID.String() + " is missing"
	case d.Extra:
		return d.ID.String() + " is not in the release"
	}
	parts := make([]string, 0, 3)
	for i, f := range d.Fields {
		if i == 2 && len(d.Fields) > 3 {
			parts = append(parts, fmt.Sprintf("and %d more", len(d.Fields)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s is %s, not %s", f.Path, f.Have, f.Want))
	}
	text := d.ID.String() + ": " + strings.Join(parts, "; ")
	if len(d.Managers) > 0 {
		text += " (changed by " + strings.Join(d.Managers, ", ") + ")"
	}
	return sanitise.Line(text)
}

// FindDrift compares the chain's objects with its newest release. It is pure, and names no managers. A chain without
// releases has no drift.
func FindDrift(c *Current) ([]Drift, error) {
	base := c.Base()
	if base == nil {
		return nil, nil
	}
	spec := base.Spec.Clone()
	spec.CreatedNS = false
	live := liveOf(c.Config)
	live.Order = spec.Order()
	objects, err := manifests.Objects(spec, c.Namespace, live)
	if err != nil {
		return nil, err
	}
	var drifts []Drift
	wanted := make(map[manifests.ID]bool, len(objects))
	for _, o := range objects {
		wanted[o.ID] = true
		d := Drift{ID: o.ID, Link: o.Link}
		have, exists := c.Objects[o.ID]
		if !exists {
			d.Missing = true
			drifts = append(drifts, d)
			continue
		}
		if c.Scaled[o.Name] && o.Kind == manifests.Deployment {
			if o, err = o.WithoutReplicas(); err != nil {
				return nil, err
			}
		}
		if d.Fields, err = differences(have.Body, o.Body); err != nil {
			return nil, fmt.Errorf("%s: %w", o.ID, err)
		}
		if len(d.Fields) > 0 {
			drifts = append(drifts, d)
		}
	}
	var extra []manifests.ID
	for id, o := range c.Objects {
		if o.Managed && !wanted[id] {
			extra = append(extra, id)
		}
	}
	sortIDs(extra)
	for _, id := range extra {
		drifts = append(drifts, Drift{ID: id, Link: linkOf(id), Extra: true})
	}
	return drifts, nil
}

// Drift reads the chain, compares it with its newest release, and names who wrote what differs.
func (w *Writer) Drift(ctx context.Context) ([]Drift, error) {
	c, err := w.Read(ctx)
	if err != nil {
		return nil, err
	}
	drifts, err := FindDrift(c)
	if err != nil {
		return nil, err
	}
	err = each(ctx, len(drifts), func(ctx context.Context, i int) error {
		d := &drifts[i]
		if len(d.Fields) == 0 {
			return nil
		}
		data, err := raw(w.api(d.Kind).Get().Namespace(w.namespace).Resource(d.Kind.Resource().Resource).Name(d.Name).
			SetHeader("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1").Do(ctx))
		object := new(metav1.PartialObjectMetadata)
		if err == nil && json.Unmarshal(data, object) == nil {
			d.Managers = managersOf(object.ManagedFields, d.Fields)
		}
		return nil // without the name, the drift is told all the same
	})
	return drifts, err
}

// differences are the fields of desired that live has with another value, or not at all.
func differences(live, desired []byte) ([]FieldDrift, error) {
	var have, want any
	if err := json.Unmarshal(live, &have); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(desired, &want); err != nil {
		return nil, err
	}
	if object, ok := want.(map[string]any); ok {
		delete(object, "apiVersion")
		delete(object, "kind")
	}
	return differ("", have, want, nil), nil
}

func differ(path string, have, want any, found []FieldDrift) []FieldDrift {
	if covers(have, want) {
		return found
	}
	switch w := want.(type) {
	case map[string]any:
		h, ok := have.(map[string]any)
		if !ok {
			break
		}
		keys := make([]string, 0, len(w))
		for key := range w {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			found = differ(path+"."+key, h[key], w[key], found)
		}
		return found
	case []any:
		h, _ := have.([]any)
		if named, ok := differNamed(path, h, w, found); ok {
			return named
		}
	}
	return append(found, FieldDrift{Path: path, Want: short(want), Have: short(have)})
}

// differNamed compares the elements of a list that is merged by name.
func differNamed(path string, have, want []any, found []FieldDrift) ([]FieldDrift, bool) {
	for _, w := range want {
		key, name := mergeKey(w)
		if key == "" {
			return nil, false
		}
		var same any
		for _, h := range have {
			if m, ok := h.(map[string]any); ok && m[key] == name {
				same = h
			}
		}
		found = differ(fmt.Sprintf("%s[%s=%q]", path, key, name), same, w, found)
	}
	return found, true
}

// short is a value as JSON in at most 80 bytes.
func short(v any) string {
	if v == nil {
		return "absent"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(text) > 80 {
		return string(text[:77]) + "…"
	}
	return string(text)
}

// managersOf are the managers other than chaintui that own one of the fields.
func managersOf(entries []metav1.ManagedFieldsEntry, fields []FieldDrift) []string {
	var names []string
	for _, e := range entries {
		if e.Manager == chain.Manager || e.FieldsV1 == nil || slices.Contains(names, e.Manager) {
			continue
		}
		var tree map[string]any
		if json.Unmarshal(e.FieldsV1.Raw, &tree) != nil {
			continue
		}
		if slices.ContainsFunc(fields, func(f FieldDrift) bool { return owns(tree, f.Path) }) {
			names = append(names, e.Manager)
		}
	}
	slices.Sort(names)
	return names
}

// owns tells whether a set of managed fields holds the path, or a whole of which it is a part. FieldsV1 has "f:name" for
// fields and "k:{...}" for the elements of lists that are merged by key.
func owns(tree map[string]any, path string) bool {
	for path != "" {
		entry, rest := descend(tree, path)
		if entry == "" {
			return false
		}
		below, _ := tree[entry].(map[string]any)
		if len(below) == 0 {
			return true // a leaf, or a list that is owned as a whole
		}
		tree, path = below, rest
	}
	return true
}

// descend finds the entry of tree where path goes on; empty when there is none. Names of fields may have dots, so the
// longest that fits is taken.
func descend(tree map[string]any, path string) (entry, rest string) {
	if element, ok := strings.CutPrefix(path, "["); ok {
		name, after, _ := strings.Cut(element, "\"]")
		key, value, _ := strings.Cut(name, "=")
		for e := range tree {
			if strings.HasPrefix(e, "k:") && strings.Contains(e, fmt.Sprintf("%q:%s\"", key, value)) {
				return e, after
			}
		}
		return "", ""
	}
	for e := range tree {
		name, ok := strings.CutPrefix(e, "f:")
		after, fits := strings.CutPrefix(path, "."+name)
		if ok && fits && (after == "" || after[0] == '.' || after[0] == '[') && len(e) > len(entry) {
			entry, rest = e, after
		}
	}
	return entry, rest
}
