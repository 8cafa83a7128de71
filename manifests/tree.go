package manifests

import (
	"encoding/json"
	"fmt"
)

// tree is an object, or a part of one, as JSON has it: the fields that are ours and no others, which is what server-side
// apply wants. client-go's apply configurations say the same with types, but link all that managed fields and OpenAPI
// need; a test reads what is made here into the API's own types instead.
type tree map[string]any

// read decodes an embedded file.
func read(name string) tree {
	var t tree
	if err := json.Unmarshal(source(name), &t); err != nil {
		panic(fmt.Sprintf("manifests: %s: %v", name, err)) // a test reads every file
	}
	return t
}

// at is the part below the fields, each made where it is missing.
func (t tree) at(fields ...string) tree {
	for _, field := range fields {
		below, ok := t[field].(map[string]any)
		if !ok {
			below = map[string]any{}
			t[field] = below
		}
		t = below
	}
	return t
}

// first is the first part of a list that the file has.
func (t tree) first(list string) tree { return t[list].([]any)[0].(map[string]any) }

// add lengthens a list, which it makes where it is missing.
func (t tree) add(list string, parts ...any) {
	all, _ := t[list].([]any)
	t[list] = append(all, parts...)
}

// with lays entries over those of a map.
func (t tree) with(field string, entries map[string]string) {
	below := t.at(field)
	for k, v := range entries {
		below[k] = v
	}
}

// name is the object's own.
func (t tree) name() string { return t.at("metadata")["name"].(string) }

// template and pod are those of a Deployment.
func (t tree) template() tree { return t.at("spec", "template") }
func (t tree) pod() tree      { return t.template().at("spec") }
