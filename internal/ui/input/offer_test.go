package input

import (
	"slices"
	"testing"

	"github.com/chaintui/chaintui/internal/action"
)

func TestWhatIsOffered(t *testing.T) {
	names := func() []string { return []string{"cart", "orders", "recorder", "Shop\x1b[31m"} }
	for text, want := range map[string][]string{
		"":       {"cart", "orders", "recorder", "Shop"},
		"or":     {"orders", "recorder"},
		"ORD":    {"orders", "recorder"},
		"orders": nil,
		"sho":    {"Shop"},
		"SHOP":   nil,
		"none":   nil,
	} {
		f := field{param: action.Param{Offers: names}, line: NewLine(text, false)}
		if got := f.offered(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if f.complete() != (want != nil) || want != nil && f.line.Text() != want[0] {
			t.Errorf("%q becomes %q", text, f.line.Text())
		}
	}
}
