package state

import "reflect"

// table keeps objects of one kind by the Service they belong to, and by name.
type table[T any] struct {
	of map[string]map[string]T // by Service, then name
	at map[string]string       // name to Service
}

func newTable[T any]() table[T] {
	return table[T]{of: map[string]map[string]T{}, at: map[string]string{}}
}

// set keeps the object, and tells touched of each Service that gains or loses one. An object that is as it was changes
// nothing: much of what is written to objects is never kept.
func (t *table[T]) set(service, name string, object T, touched func(service string)) (changed bool) {
	switch was, ok := t.at[name]; {
	case ok && was != service:
		t.drop(name, touched)
	case ok && reflect.DeepEqual(t.of[service][name], object):
		return false
	}
	if t.of[service] == nil {
		t.of[service] = map[string]T{}
	}
	t.of[service][name] = object
	t.at[name] = service
	touched(service)
	return true
}

func (t *table[T]) drop(name string, touched func(service string)) {
	service, ok := t.at[name]
	if !ok {
		return
	}
	delete(t.at, name)
	delete(t.of[service], name)
	if len(t.of[service]) == 0 {
		delete(t.of, service)
	}
	touched(service)
}
