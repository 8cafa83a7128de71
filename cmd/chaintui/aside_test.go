package main

import (
	"bufio"
	"io"
	"os"
	"strings"
	"testing"
)

// What is written on stderr is a notice, and on the terminal while that is lent; nobody reads keys but then.
func TestAsideLendsTheTerminal(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	read, terminal, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	stdin, stderr := os.Stdin, os.Stderr
	os.Stderr = terminal
	defer func() { os.Stderr = stderr }()
	d, err := divert()
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if _, err := io.WriteString(os.Stderr, text); err != nil {
			t.Error(err)
		}
	}
	write("\x1b[31mfirst\n")
	if got := <-d.notices; got != "first" {
		t.Errorf("notice %q", got)
	}
	if n, err := os.Stdin.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Error("a key can be read")
	}
	giveBack := d.lend(stdin)
	if os.Stdin != stdin {
		t.Error("stdin is not lent")
	}
	write("Password: ") // no line, and yet to be seen
	asked := make([]byte, len("Password: "))
	if _, err := io.ReadFull(bufio.NewReader(read), asked); err != nil || string(asked) != "Password: " {
		t.Errorf("on the terminal: %q, %v", asked, err)
	}
	giveBack()
	write(strings.Repeat("x", longLine) + "last")
	if got := <-d.notices; len(got) != longLine {
		t.Errorf("a notice of %d bytes", len(got))
	}
	d.restore()
	if got := <-d.notices; got != "last" {
		t.Errorf("notice %q", got)
	}
	if os.Stdin != stdin || os.Stderr != terminal {
		t.Error("the terminal is not given back")
	}
}
