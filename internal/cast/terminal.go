package cast

import "os"

// Terminal is a terminal whose output is recorded. It shows the file's descriptor, so that a program finds out about the
// terminal through it, and none of its other ways to write: they would go past the recorder.
type Terminal struct {
	*Recorder
	File *os.File
}

// Fd is the terminal's.
func (t Terminal) Fd() uintptr { return t.File.Fd() }

// Read reads from the terminal.
func (t Terminal) Read(p []byte) (int, error) { return t.File.Read(p) }

// Close closes the terminal, not the recording.
func (t Terminal) Close() error { return t.File.Close() }
