package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// cpu is the user and system time of a process so far; 10 ms is the kernel's unit.
func cpu(pid int) time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// memory is a line of a process's status, in MB.
func memory(pid int, line string) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(text), line+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(fields[0])
	return kb / 1024
}

// beside is what a bare program of informers takes for the same objects.
type beside struct {
	synced, cpu time.Duration
	memory      int // MB, as soon as it is synced
}

func (s settings) beside(ctx context.Context) (b beside, err error) {
	command := exec.CommandContext(ctx, s.bare, s.kubeconfig, "ui-bench")
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return b, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return b, err
	}
	began := time.Now()
	if err := command.Start(); err != nil {
		return b, err
	}
	_, err = bufio.NewReader(out).ReadString('\n')
	b = beside{time.Since(began), cpu(command.Process.Pid), memory(command.Process.Pid, "VmRSS")}
	_ = in.Close()
	if ended := command.Wait(); err == nil {
		err = ended
	}
	return b, err
}
