package input

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/action"
)

// The steps of values that are not counted.
var (
	numbers   = []float64{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000}
	percents  = []float64{0, 1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100}
	durations = ladder(time.Millisecond, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000,
		60_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000)
)

func ladder(unit time.Duration, of ...time.Duration) []time.Duration {
	steps := []time.Duration{0}
	for _, n := range of {
		steps = append(steps, n*unit)
	}
	return steps
}

// stepped tells which kinds of values have steps.
func stepped(kind action.Kind) bool {
	return slices.Contains([]action.Kind{action.Integer, action.Number, action.Percent, action.Duration}, kind)
}

// step is the text of a value one step up or down. A duration or share of nothing is empty: not given. Text that is no
// such value stays.
func step(kind action.Kind, text string, up bool) string {
	text = strings.TrimSpace(text)
	zero := text == ""
	switch kind {
	case action.Integer:
		n, err := strconv.Atoi(text)
		switch {
		case err != nil && !zero:
		case up:
			return strconv.Itoa(n + 1)
		default:
			return strconv.Itoa(max(n-1, 0))
		}
	case action.Number:
		if f, err := strconv.ParseFloat(text, 64); err == nil || zero {
			return strconv.FormatFloat(next(numbers, f, up), 'g', -1, 64)
		}
	case action.Percent:
		if f, err := action.Share(text); err == nil || zero {
			return given(strconv.FormatFloat(next(percents, math.Round(f*1e4)/100, up), 'g', -1, 64) + "%")
		}
	case action.Duration:
		if d, err := time.ParseDuration(text); err == nil || zero {
			return given(short(next(durations, d, up)))
		}
	}
	return text
}

// next is the first step above or below v; v itself beyond the last.
func next[T cmp.Ordered](steps []T, v T, up bool) T {
	at, found := slices.BinarySearch(steps, v)
	if up && found {
		at++
	}
	if !up {
		at--
	}
	if at < 0 {
		return steps[0]
	}
	if at >= len(steps) {
		return v
	}
	return steps[at]
}

// short writes a duration without the parts that are 0: 1h, not 1h0m0s.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// given is the text of a value with its unit; empty when it is nothing.
func given(text string) string {
	if text[0] == '0' {
		return ""
	}
	return text
}
