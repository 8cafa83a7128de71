//go:build linux

// Package node deals with the kernel on a cluster's behalf: its processes, its
// cgroups, its network and mount namespaces, and the gateway that lets the
// machine reach the API server inside them.
package node

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Process names a process beyond the reuse of its number: by when it started,
// in clock ticks since the machine did, and by which start of the machine.
type Process struct {
	PID   int    `json:"pid"`
	Start uint64 `json:"start"`
	Boot  string `json:"boot"`
}

// Find describes the process that has this number now.
func Find(pid int) (Process, error) {
	stat, err := readStat(pid)
	if err != nil {
		return Process{}, err
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return Process{PID: pid, Start: stat.start, Boot: strings.TrimSpace(string(boot))}, err
}

// State is what the kernel says of a process: R, S, D, T (stopped by a signal),
// Z and so on, or 0 when the process is gone.
func (p Process) State() byte {
	stat, err := readStat(p.PID)
	if p.PID <= 0 || err != nil || stat.start != p.Start {
		return 0
	}
	if now, err := Find(p.PID); err != nil || now != p {
		return 0
	}
	return stat.state
}

// Alive says whether the process still runs; one that ended and waits for its
// parent does not.
func (p Process) Alive() bool {
	state := p.State()
	return state != 0 && state != 'Z' && state != 'X'
}

// Signal sends a signal to exactly this process; one that is gone gets none.
func (p Process) Signal(signal unix.Signal) error {
	fd, err := unix.PidfdOpen(p.PID, 0)
	if errors.Is(err, unix.ESRCH) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("opening process %d: %w", p.PID, err)
	}
	defer unix.Close(fd)
	// The descriptor holds whoever has the number now; only if that is still
	// ours may it be signalled.
	if !p.Alive() {
		return nil
	}
	if err := unix.PidfdSendSignal(fd, signal, nil, 0); err != nil && !errors.Is(err, unix.ESRCH) {
		return fmt.Errorf("signalling process %d: %w", p.PID, err)
	}
	return nil
}

// End asks the process to stop and kills it when it has not after the grace.
func (p Process) End(grace time.Duration) error {
	// A paused process would never get the request.
	if err := errors.Join(p.Signal(unix.SIGTERM), p.Signal(unix.SIGCONT)); err != nil {
		return err
	}
	if p.waitGone(grace) {
		return nil
	}
	if err := p.Signal(unix.SIGKILL); err != nil {
		return err
	}
	if !p.waitGone(10 * time.Second) {
		return fmt.Errorf("process %d does not end", p.PID)
	}
	return nil
}

func (p Process) waitGone(limit time.Duration) bool {
	for end := time.Now().Add(limit); p.Alive(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

type stat struct {
	state byte
	start uint64
}

func readStat(pid int) (stat, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return stat{}, err
	}
	return parseStat(string(text))
}

// parseStat reads proc_pid_stat(5): the command's name stands in parentheses
// and may contain both spaces and parentheses; state is field 3, the start 22.
func parseStat(text string) (stat, error) {
	end := strings.LastIndexByte(text, ')')
	fields := strings.Fields(text[end+1:])
	if end < 0 || len(fields) < 20 || len(fields[0]) != 1 {
		return stat{}, fmt.Errorf("no process status: %q", text)
	}
	start, err := strconv.ParseUint(fields[19], 10, 64)
	if err != nil {
		return stat{}, fmt.Errorf("no start time in process status: %w", err)
	}
	return stat{state: fields[0][0], start: start}, nil
}
