package write

import (
	"encoding/json"
	"fmt"
	"slices"
)

// differences are the fields of desired that live has with another value, or not at all.
func differences(live, desired []byte) ([]FieldDrift, error) {
	var have, want any
	if err := json.Unmarshal(live, &have); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(desired, &want); err != nil {
		return nil, err
	}
	return differ("", have, sayable(have, want), nil), nil
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
