package logs

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func at(ms int, text string) Line { return Line{Time: time.UnixMilli(int64(ms)), Text: text} }

func texts(lines []Line) (list []string) {
	for _, l := range lines {
		list = append(list, l.Text)
	}
	return list
}

// TestMergeWaitsForEach: without follow, order is exact however slow one log is.
func TestMergeWaitsForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMerge(false)
		quick, slow := m.add(), m.add()
		m.finish()
		go func() {
			for i := range 200 {
				_ = quick.put(t.Context(), at(10*i, "quick"))
			}
			quick.close()
		}()
		go func() {
			time.Sleep(time.Minute)
			for i := range 200 {
				_ = slow.put(t.Context(), at(10*i+5, "slow"))
			}
			slow.close()
		}()
		out := make(chan Line)
		go func() { m.run(t.Context(), out); close(out) }()
		var got []Line
		for l := range out {
			got = append(got, l)
		}
		if len(got) != 400 || !slices.IsSortedFunc(got, func(x, y Line) int { return x.Time.Compare(y.Time) }) {
			t.Errorf("got %d lines, sorted or not: %v", len(got), texts(got))
		}
	})
}

// TestMergeFollowing: a silent log holds the others up for a moment, and not for ever; lines within that moment come in
// order.
func TestMergeFollowing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m := newMerge(true)
		a, b := m.add(), m.add()
		a.opened()
		b.opened()
		out := make(chan Line)
		go func() { m.run(ctx, out); close(out) }()
		_ = a.put(ctx, at(2, "second"))
		time.Sleep(hold / 2)
		_ = b.put(ctx, at(1, "first"))
		began := time.Now()
		got := []Line{<-out, <-out}
		if texts(got)[0] != "first" || texts(got)[1] != "second" {
			t.Errorf("got %v", texts(got))
		}
		if waited := time.Since(began); waited > 2*hold {
			t.Errorf("a silent log held the others up for %v", waited)
		}
		cancel()
		for range out {
			t.Error("a line after the end")
		}
	})
}

// TestMergeWaitsForOpening: lines wait for a log that is being opened, as it may hold older ones.
func TestMergeWaitsForOpening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m := newMerge(true)
		a, b := m.add(), m.add()
		a.opened()
		out := make(chan Line)
		go func() { m.run(ctx, out); close(out) }()
		_ = a.put(ctx, at(2, "second"))
		time.Sleep(4 * hold)
		b.opened()
		_ = b.put(ctx, at(1, "first"))
		if got := []Line{<-out, <-out}; texts(got)[0] != "first" {
			t.Errorf("got %v", texts(got))
		}
		cancel()
		for range out {
			t.Error("a line after the end")
		}
	})
}
