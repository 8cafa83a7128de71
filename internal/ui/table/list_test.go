package table

import "testing"

func letters(s string) (rows []string) {
	for _, r := range s {
		rows = append(rows, string(r))
	}
	return rows
}

// The cursor stays on its row, wherever that goes; where newest ones come in at the top, it stays at the top.
func TestTheCursorStaysOnItsRow(t *testing.T) {
	for _, test := range []struct {
		newest     bool
		before     string
		at         int
		after      string
		want       string
		kept, none bool
	}{
		{before: "abc", at: 0, after: "xabc", want: "a", kept: true},
		{before: "abc", at: 1, after: "cab", want: "b", kept: true},
		{before: "abc", at: 2, after: "ab", want: "b"},
		{before: "abc", at: 1, after: "ac", want: "c"},
		{before: "abc", at: 1, after: "", none: true},
		{newest: true, before: "abc", at: 0, after: "xabc", want: "x"},
		{newest: true, before: "abc", at: 1, after: "xabc", want: "b", kept: true},
	} {
		l := List[string]{Key: func(s string) string { return s }, Newest: test.newest}
		l.Set(letters(test.before))
		l.Go(test.at)
		kept := l.Set(letters(test.after))
		if got, ok := l.Chosen(); got != test.want || kept != test.kept || ok == test.none {
			t.Errorf("%+v: on %q, kept %v, %v", test, got, kept, ok)
		}
	}
}

func TestAListThatFillsChoosesItsFirst(t *testing.T) {
	l := List[string]{Key: func(s string) string { return s }}
	l.Set(nil)
	l.Move(5)
	l.Set(letters("ab"))
	if got, _ := l.Chosen(); got != "a" {
		t.Errorf("on %q", got)
	}
	l.Move(1)
	l.Set(letters("xab"))
	if got, _ := l.Chosen(); got != "b" {
		t.Errorf("on %q after another row came", got)
	}
}

// Rows come in whatever order the API server tells them: the first to come is nobody's choice, and is not followed.
func TestACursorThatNobodyMovedStaysAtTheTop(t *testing.T) {
	l := List[string]{Key: func(s string) string { return s }}
	l.Set(letters("z"))
	l.Do("open")
	l.Set(letters("abz"))
	if got, _ := l.Chosen(); got != "a" {
		t.Errorf("on %q", got)
	}
	l.Do("top")
	l.Set(letters("xabz"))
	if got, _ := l.Chosen(); got != "a" {
		t.Errorf("on %q after it was chosen by a key", got)
	}
}
