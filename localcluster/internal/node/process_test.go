//go:build linux

package node

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestParseStat(t *testing.T) {
	tail := " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21"
	for text, want := range map[string]stat{
		"12 (sh) S" + tail:             {'S', 4711},
		"12 (a) Z 9) R" + tail:         {'R', 4711},
		"12 (with space (x)) T" + tail: {'T', 4711},
	} {
		if got, err := parseStat(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "12 (sh)", "12 (sh) S 1 2", "12 sh S" + tail, "12 (sh) S" + strings.Replace(tail, "4711", "x", 1)} {
		if got, err := parseStat(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func FuzzParseStat(f *testing.F) {
	f.Add("12 (sh) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21")
	f.Add(") ")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = parseStat(text) })
}

func TestProcessIsNotItsNumber(t *testing.T) {
	cmd := exec.Command("sleep", "1000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = cmd.Process.Kill(), cmd.Wait() }()
	p, err := Find(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Alive() {
		t.Error("a running process is not alive")
	}
	for what, other := range map[string]Process{
		"another start":             {p.PID, p.Start + 1, p.Boot},
		"another boot":              {p.PID, p.Start, "x"},
		"no process":                {},
		"what cannot be a process":  {-1, 0, p.Boot},
		"a number beyond the limit": {1 << 30, p.Start, p.Boot},
	} {
		if other.Alive() {
			t.Errorf("%s is alive", what)
		}
		if other.PID == p.PID {
			if err := other.Signal(unix.SIGKILL); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if !p.Alive() {
		t.Fatal("a recycled number was killed")
	}
	if err := p.Signal(unix.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(5 * time.Second); p.State() != 'T'; {
		if time.Now().After(end) {
			t.Fatalf("state = %c", p.State())
		}
	}
	if !p.Alive() {
		t.Error("a paused process is not alive")
	}
	// Ends although it is paused, and its zombie does not count.
	if err := p.End(time.Minute); err != nil {
		t.Fatal(err)
	}
	if p.Alive() {
		t.Error("an ended process is alive")
	}
}

func TestEndKillsWhatDoesNotListen(t *testing.T) {
	cmd := exec.Command("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = cmd.Process.Kill(), cmd.Wait() }()
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	p, err := Find(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.End(50 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if p.Alive() {
		t.Error("it lives")
	}
}

func TestCgroupRoots(t *testing.T) {
	roots := func(name string) []string {
		file, err := os.Open("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		roots, err := cgroupRoots(bufio.NewScanner(file))
		if err != nil {
			t.Fatal(err)
		}
		return roots
	}
	if got := roots("mountinfo.v2"); !slices.Equal(got, []string{"/sys/fs/cgroup"}) {
		t.Errorf("v2: %v", got)
	}
	want := []string{"/sys/fs/cgroup/cpu", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/unified"}
	if got := roots("mountinfo.hybrid"); !slices.Equal(got, want) {
		t.Errorf("hybrid: %v", got)
	}
}
