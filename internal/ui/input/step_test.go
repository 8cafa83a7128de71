package input

import (
	"testing"

	"github.com/chaintui/chaintui/internal/action"
)

func TestStepsOfValues(t *testing.T) {
	for _, c := range []struct {
		kind           action.Kind
		text, up, down string
	}{
		{action.Integer, "6", "7", "5"},
		{action.Integer, "0", "1", "0"},
		{action.Integer, "", "1", "0"},
		{action.Integer, "many", "many", "many"},
		{action.Number, "5", "10", "2"},
		{action.Number, "7.5", "10", "5"},
		{action.Number, "0", "1", "0"},
		{action.Number, "1e9", "1e+09", "10000"},
		{action.Percent, "", "1%", ""},
		{action.Percent, "30%", "40%", "20%"},
		{action.Percent, "0.05", "10%", "1%"},
		{action.Percent, "100%", "100%", "90%"},
		{action.Percent, "29%", "30%", "20%"},
		{action.Percent, "1%", "5%", ""},
		{action.Duration, "", "1ms", ""},
		{action.Duration, "150ms", "200ms", "100ms"},
		{action.Duration, "1s", "2s", "500ms"},
		{action.Duration, "30s", "1m", "10s"},
		{action.Duration, "30m", "1h", "15m"},
		{action.Duration, "1ms", "2ms", ""},
		{action.Duration, "9999h", "9999h", "24h"},
		{action.Duration, "soon", "soon", "soon"},
		{action.Text, "a", "a", "a"},
	} {
		if up, down := step(c.kind, c.text, true), step(c.kind, c.text, false); up != c.up || down != c.down {
			t.Errorf("%s %q: up %q, down %q; want %q, %q", c.kind, c.text, up, down, c.up, c.down)
		}
	}
}
