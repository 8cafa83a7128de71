//go:build linux

package cluster

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who waits while another takes the cluster down gets the lock of the new
// folder, not of the one that is gone.
func TestLockOutlivesTheFolder(t *testing.T) {
	c := Cluster{Name: "x", dir: filepath.Join(t.TempDir(), "x")}
	unlock, err := c.lock(t.Context(), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	out := &signalled{said: make(chan string, 1)}
	locked := make(chan error, 1)
	go func() {
		second, err := c.lock(t.Context(), out)
		if err == nil {
			err = os.WriteFile(c.path("mine"), nil, 0o600)
			second()
		}
		locked <- err
	}()
	if said := <-out.said; !strings.Contains(said, "waiting") {
		t.Errorf("it says %q", said)
	}
	if err := os.Remove(c.dir); err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := <-locked; err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.path("mine")); err != nil {
		t.Error(err)
	}
}

type signalled struct{ said chan string }

func (s *signalled) Write(text []byte) (int, error) {
	s.said <- string(text)
	return len(text), nil
}
