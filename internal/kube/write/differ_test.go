package write

import "testing"

func TestHolds(t *testing.T) {
	for _, tc := range []struct {
		name, live, desired string
		want                bool
	}{
		{"the same", `{"a": 1}`, `{"a": 1}`, true},
		{"defaults", `{"a": 1, "b": {"c": []}}`, `{"a": 1}`, true},
		{"another value", `{"a": 2}`, `{"a": 1}`, false},
		{"a field less", `{}`, `{"a": 1}`, false},
		{"what it is", `{"a": 1}`, `{"a": 1, "apiVersion": "v1", "kind": "Service"}`, true},
		{"nothing in nothing", `{"x": {}}`, `{"x": {"y": {}}}`, true},
		{"by name", `{"c": [{"name": "sidecar"}, {"name": "a", "image": "1", "x": 0}]}`, `{"c": [{"name": "a", "image": "1"}]}`, true},
		{"by name, another image", `{"c": [{"name": "sidecar"}, {"name": "a", "image": "2"}]}`, `{"c": [{"name": "a", "image": "1"}]}`, false},
		{"by mount path", `{"m": [{"mountPath": "/b", "name": "x"}, {"mountPath": "/a", "name": "x"}, {"mountPath": "/c"}]}`, `{"m": [{"mountPath": "/a", "name": "x"}]}`, true},
		{"a plain list, longer", `{"l": ["a", "b"]}`, `{"l": ["a"]}`, false},
		{"a plain list, shorter", `{"l": []}`, `{"l": ["a"]}`, false},
		{"rules without names", `{"l": [{"p": 1}, {"p": 2}]}`, `{"l": [{"p": 1}, {"p": 2}]}`, true},
		{"one rule more", `{"l": [{"p": 1}, {"p": 2}]}`, `{"l": [{"p": 1}]}`, false},
		{"not paused", `{"spec": {}}`, `{"spec": {"paused": false}}`, true},
		{"paused by someone", `{"spec": {"paused": true}}`, `{"spec": {"paused": false}}`, false},
		{"no longer paused", `{"spec": {}}`, `{"spec": {"paused": true}}`, false},
		{"another absent field", `{"spec": {}}`, `{"spec": {"hostNetwork": false}}`, false},
		{"no faults", `{"data": {}}`, `{"data": {"faults.json": "{}"}}`, true},
		{"no faults any more", `{"data": {"faults.json": "{\"a\":{}}"}}`, `{"data": {"faults.json": "{}"}}`, false},
		{"no JSON", `{`, `{}`, false},
	} {
		if got := holds([]byte(tc.live), []byte(tc.desired)); got != tc.want {
			t.Errorf("%s: %v; want %v", tc.name, got, tc.want)
		}
	}
}
