package write

import (
	"encoding/json"
	"errors"
)

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
