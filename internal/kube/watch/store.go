package watch

import (
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/client-go/tools/cache"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// store hands a reflector's objects to the Builder, reduced as they come in: the objects themselves are never kept.
type store struct{ s *source }

var _ cache.TransformingStore = store{}

// item is an object reduced to what is kept of it.
type item struct {
	name string
	kept any // nil for an object that is none of the chain's
}

// Transformer reduces the objects of an initial watch one by one, before all of them are there.
func (t store) Transformer() cache.TransformFunc {
	return func(object any) (any, error) {
		t.s.arrival()
		return reduce(object)
	}
}

func reduce(object any) (item, error) {
	if i, ok := object.(item); ok {
		return i, nil
	}
	m, err := meta.Accessor(object)
	if err != nil {
		return item{}, err
	}
	return item{name: m.GetName(), kept: state.Keep(object)}, nil
}

// Add keeps an object that is new.
func (t store) Add(object any) error { return t.Update(object) }

// Update keeps an object that has changed.
func (t store) Update(object any) error {
	i, err := reduce(object)
	if err != nil {
		return err
	}
	t.s.w.health.alive()
	changed := false
	if i.kept != nil {
		changed = t.s.w.builder.Set(i.name, i.kept)
	} else { // perhaps it was the chain's until now
		changed = t.s.w.builder.Drop(t.s.kind, i.name)
	}
	if changed {
		t.s.w.mark()
	}
	return nil
}

// Delete forgets an object.
func (t store) Delete(object any) error {
	m, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	t.s.w.health.alive()
	if t.s.w.builder.Drop(t.s.kind, m.GetName()) {
		t.s.w.mark()
	}
	return nil
}

// Replace keeps exactly these objects.
func (t store) Replace(objects []any, _ string) error {
	kept := make(map[string]any, len(objects))
	for _, o := range objects {
		i, err := reduce(o)
		if err != nil {
			return err
		}
		if i.kept != nil {
			kept[i.name] = i.kept
		}
	}
	t.s.w.builder.Replace(t.s.kind, kept)
	t.s.complete()
	return nil
}

// Resync has nothing to do: the Builder has no handlers that could miss something.
func (t store) Resync() error { return nil }

// Bookmark tells that the watch is alive though nothing changes.
func (t store) Bookmark(string) error {
	t.s.w.health.alive()
	return nil
}
