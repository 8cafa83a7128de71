package chain

import (
	"strings"
	"testing"
)

func TestParseOrder(t *testing.T) {
	for _, tc := range []struct{ name, text, wantErr string }{
		{"the original's", `["chain-link-service-0", "chain-link-service-1"]`, ""},
		{"foreign names", `["front", "back-2"]`, ""},
		{"a loop", `["a", "b", "a"]`, "names a twice"},
		{"none", `[]`, "names no service"},
		{"null", `null`, "names no service"},
		{"no list", `{"a": 1}`, "want a JSON array"},
		{"numbers", `[1]`, "want a JSON array"},
		{"a URL's worth of trouble", `["a/../b"]`, `entry 0, "a/../b", is not a Service name`},
		{"too long", `["` + strings.Repeat("a", 64) + `"]`, "is not a Service name"},
		{"cut off", `["a", `, "want a JSON array"},
		{"nothing", ``, "want a JSON array"},
	} {
		order, err := ParseOrder([]byte(tc.text))
		switch {
		case tc.wantErr == "" && err != nil:
			t.Errorf("%s: %v", tc.name, err)
		case tc.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tc.wantErr)):
			t.Errorf("%s: error %v; want one with %q", tc.name, err, tc.wantErr)
		case tc.wantErr != "" && order != nil:
			t.Errorf("%s: returned an order beside its error", tc.name)
		}
	}
}

func TestOrderNext(t *testing.T) {
	o := NewOrder(3)
	for _, tc := range []struct {
		self, next string
		ok         bool
	}{
		{ServiceName(0), ServiceName(1), true},
		{ServiceName(1), ServiceName(2), true},
		{ServiceName(2), "", false}, // the tail
		{ServiceName(3), "", false}, // not listed yet, or no longer: answers as the tail
	} {
		if next, ok := o.Next(tc.self); next != tc.next || ok != tc.ok {
			t.Errorf("Next(%s) = %q, %v; want %q, %v", tc.self, next, ok, tc.next, tc.ok)
		}
	}
}
