package write

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

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

// FindDrift compares the chain's objects with its newest release, but for those of Hidden kinds. It is pure, and names no
// managers. A chain without releases has no drift.
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
		if c.Hidden[o.Kind] != nil {
			continue
		}
		wanted[o.ID] = true
		d := Drift{ID: o.ID, Link: o.Link}
		have, exists := c.Objects[o.ID]
		if !exists {
			d.Missing = true
			drifts = append(drifts, d)
			continue
		}
		if o.Kind == manifests.ConfigMap {
			if o, err = manifests.ConfigMapObject(c.Namespace, inWordsOf(c.Config, live)); err != nil {
				return nil, err
			}
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

// Comparison is the chain beside its newest release.
type Comparison struct {
	Drifts []Drift
	Unseen []string // why objects were not looked at, one for each kind that the user may not list
	Added  []string // what others have put beside chaintui's, for each object that is otherwise as it should be
}

// Drift reads the chain, compares it with its newest release, and names who wrote what differs. unseen is as in Comparison.
func (w *Writer) Drift(ctx context.Context) (drifts []Drift, unseen []string, err error) {
	c, err := w.Compare(ctx)
	return c.Drifts, c.Unseen, err
}

// Compare is Drift, and tells what others have added.
func (w *Writer) Compare(ctx context.Context) (Comparison, error) {
	c, err := w.readable(ctx)
	if err != nil {
		return Comparison{}, err
	}
	var found Comparison
	for _, kind := range slices.Sorted(maps.Keys(c.Hidden)) {
		found.Unseen = append(found.Unseen, c.Hidden[kind].Error())
	}
	if found.Drifts, err = FindDrift(c); err != nil {
		return found, err
	}
	found.Added = addedTo(c, found.Drifts)
	return found, w.nameManagers(ctx, found.Drifts)
}

// addedTo are the additions to objects that have not drifted: of one that has, the drift tells more.
func addedTo(c *Current, drifts []Drift) (list []string) {
	drifted := make(map[manifests.ID]bool, len(drifts))
	for i := range drifts {
		drifted[drifts[i].ID] = true
	}
	ids := slices.Collect(maps.Keys(c.Objects))
	sortIDs(ids)
	for _, id := range ids {
		if o := c.Objects[id]; len(o.Added) > 0 && !drifted[id] {
			list = append(list, id.String()+" has "+strings.Join(o.Added, ", "))
		}
	}
	return list
}

// nameManagers finds out who wrote what differs.
func (w *Writer) nameManagers(ctx context.Context, drifts []Drift) error {
	return each(ctx, len(drifts), func(ctx context.Context, i int) error {
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
}
