package table

import "github.com/chaintui/chaintui/internal/ui/canvas"

// List is a table of what is alive: the cursor stays on the row that was chosen when rows come, go and move.
type List[T any] struct {
	Table
	Key func(T) string // what a row is known by
	// Newest says that rows come in at the top: there the cursor stays at the top.
	Newest bool

	rows   []T
	on     string // key of the row under the cursor
	chosen bool   // somebody put the cursor there; until then it is at the top
}

// Rows are what Set was given.
func (l *List[T]) Rows() []T { return l.rows }

// Set replaces the rows. It tells whether the row that was under the cursor is there still.
func (l *List[T]) Set(rows []T) (kept bool) {
	l.rows = rows
	if l.chosen && (!l.Newest || l.At > 0) {
		for i, r := range rows {
			if l.Key(r) == l.on {
				l.At = i
				return true
			}
		}
	}
	was := l.on
	l.put(l.At)
	return was == l.on
}

// Go puts the cursor on row i, or the one nearest to it, because somebody wants that one.
func (l *List[T]) Go(i int) {
	l.chosen = true
	l.put(i)
}

func (l *List[T]) put(i int) {
	l.At = i
	l.Table.Move(0, len(l.rows))
	l.on = ""
	if row, ok := l.Chosen(); ok {
		l.on = l.Key(row)
	}
}

// Move moves the cursor by n rows.
func (l *List[T]) Move(n int) { l.Go(l.At + n) }

// Do moves the cursor by a cursor key's action, and tells whether it was one.
func (l *List[T]) Do(id string) bool {
	done := l.Table.Do(id, len(l.rows))
	if done {
		l.Go(l.At)
	}
	return done
}

// Chosen is the row under the cursor, if there are rows.
func (l *List[T]) Chosen() (row T, ok bool) {
	if l.At < 0 || l.At >= len(l.rows) {
		return row, false
	}
	return l.rows[l.At], true
}

// Draw draws the rows on screen as Table.Draw does.
func (l *List[T]) Draw(c canvas.Canvas, sorted int, down bool, row func(T) Row) {
	l.Table.Draw(c, len(l.rows), sorted, down, func(i int) Row { return row(l.rows[i]) })
}
