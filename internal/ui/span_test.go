package ui_test

import (
	"testing"

	"github.com/chaintui/chaintui/internal/ui/example"
)

// Enter on a span shows all that is known of it, both halves as they were reported; arrows go to the span beside.
func TestASpanWhole(t *testing.T) {
	s := start(t, example.Slow)
	s.Press("3", "enter", "down", "down").See("enter shows all of it").
		Enter().See("› span", "← 3 of 6 →", "client half  chain-link-service-1 → chain-link-service-2", "server half  chain-link-service-2", "ids").
		Press("right").See("← 4 of 6 →", "chain-link-service-3  get /forward").
		Press("left", "left", "left", "left").See("← 1 of 6 →").NotSee("client half").
		Esc().NotSee("› span").See("▾ chain-link-0").
		Press("F").See("› flame").Enter().See("› span").Esc().See("› flame") // back to where it came from
}

// The marks before the names fold what is below, and a double click opens the span.
func TestFoldingByTheMouse(t *testing.T) {
	s := start(t, example.Slow)
	s.Press("3", "enter").See("chain-link-4").
		Click("▾ chain-link-2").See("▸ chain-link-2").NotSee("chain-link-4").
		Click("▸ chain-link-2").See("chain-link-4").
		DoubleClick("ain-link-3").See("← 4 of 6 →")
	s.Esc().Press("o").NotSee("chain-link-2").Press("F").DoubleClick("ain-link-2").See("chain-link-service-2  get /forward", "› span") // folded, but on the flame
}

// What has nothing to act on says so.
func TestNothingIsSearchedFor(t *testing.T) {
	start(t, example.Slow).
		Press("3", "enter", "n").See("search with / first").NotSee("n next").
		Press("/").Type("link-service-4").Enter().See("▸").See("n next").
		Press("S", "enter").See("these are numbers of many spans")
}

// The zoom in the focus is of the span in focus: whoever leaves it sees the whole trace.
func TestLeavingTheFocusShowsAllOfTheTime(t *testing.T) {
	start(t, example.Slow).
		Press("3", "enter", "down", "down", "down").Press("z", "+", "+").See("focus · zoomed").
		Esc().NotSee("zoomed").See("150 ms", "z focus")
}
