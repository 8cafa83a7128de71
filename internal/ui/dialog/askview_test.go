package dialog

import (
	"errors"
	"slices"
	"testing"
)

// Two things that are wrong are two things to read.
func TestEachErrorBeginsALine(t *testing.T) {
	d := &Ask{err: errors.Join(errors.New("no image for the links"), errors.New("no image for the load"))}
	want := []string{"✗ no image for the links", "✗ no image for the load"}
	if got := d.errorLines(60); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
