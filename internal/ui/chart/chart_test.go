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

func TestLow(t *testing.T) {
	for share, want := range map[float64]string{0: "", -1: "", 0.01: "▖", 0.5: "▄▄▖", 0.79: "▄▄▄▄", 1: "▄▄▄▄▄", 7: "▄▄▄▄▄"} {
		if got := Low(share, 5); got != want {
			t.Errorf("%g: %q; want %q", share, got, want)
		}
	}
	if got := Low(1, 0); got != "" || Low(math.NaN(), 5) != "" {
		t.Errorf("%q", got)
	}
}
