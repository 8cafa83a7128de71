package chart

import (
	"math"
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		values []float64
		h      int
		want   string
	}{
		{[]float64{0, 0.01, 4, 8, 12, 16}, 2, "    ▄█|" + " ▁▄███"},
		{[]float64{1, 2}, 1, "▄█"},
		{[]float64{0, math.NaN()}, 1, "  "},
		{nil, 0, ""},
	} {
		if got := strings.Join(Columns(c.values, c.h), "|"); got != c.want {
			t.Errorf("%v: %q; want %q", c.values, got, c.want)
		}
	}
}
