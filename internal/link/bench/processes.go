package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// build compiles the link as its image has it.
func build(ctx context.Context) (link string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "chain-link-bench")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	link = filepath.Join(dir, "link")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", link, "github.com/chaintui/chaintui/cmd/link")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		remove()
		return "", nil, fmt.Errorf("build the link: %w", err)
	}
	return link, remove, nil
}

// process is a server that was started.
type process struct {
	cmd     *exec.Cmd
	address string
}

func start(address, name string, args, env []string) (*process, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd, address}
	for range 500 {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return p, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.stop()
	return nil, fmt.Errorf("%s does not listen on %s", name, address)
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// cpu is the processor time that the process has used, user and system.
func (p *process) cpu() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat: %q", p.cmd.Process.Pid, text)
	}
	var ticks int64
	for _, f := range fields[11:13] { // utime and stime, in hundredths of a second
		n, err := strconv.ParseInt(string(f), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// setup is a subject's processes.
type setup struct {
	url       string
	hop       *process // charged; nil when direct
	links     []*process
	processes []*process
}

func (s *setup) stop() {
	for i := len(s.processes) - 1; i >= 0; i-- {
		s.processes[i].stop()
	}
}

func (s *setup) start(address, name string, args []string, env ...string) (*process, error) {
	p, err := start(address, name, args, env)
	if err == nil {
		s.processes = append(s.processes, p)
	}
	return p, err
}

// prepare starts what the subject takes. The last link of a chain of two is the backend; longer chains are links alone.
func prepare(link string, sub subject) (*setup, error) {
	s := &setup{}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	backend := free()
	if _, err := s.start(backend, self, []string{"serve-role", "backend"}, "BENCH_LISTEN="+backend); err != nil {
		return nil, err
	}
	s.url = "http://" + backend + "/"
	switch {
	case sub.hop == "":
		return s, nil
	case sub.hop != "link":
		address := free()
		s.hop, err = s.start(address, self, []string{"serve-role", sub.hop}, append(sub.env, "BENCH_LISTEN="+address, "BENCH_TARGET="+s.url)...)
		s.url = "http://" + address + "/"
	default:
		err = s.chain(link, sub, backend)
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *setup) chain(link string, sub subject, backend string) error {
	collector := free()
	if _, err := s.start(collector, link, []string{"collect", "--listen", collector, "--drain-delay", "0s", "--log-level", "error"}); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "chain-link-bench-conf")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // read at the start; there is no change to follow
	order := chain.NewOrder(sub.links)
	if err := os.WriteFile(filepath.Join(dir, chain.OrderKey), []byte(order.Encode()), 0o600); err != nil {
		return err
	}
	served := sub.links - 1
	var table []string
	addresses := make([]string, served)
	for i := range served {
		addresses[i] = free()
		table = append(table, order[i]+"="+addresses[i])
	}
	table = append(table, order[served]+"="+backend)
	for i := served - 1; i >= 0; i-- {
		p, err := s.start(addresses[i], link, []string{"serve", "--service-name", order[i], "--listen", addresses[i], "--config-dir", dir,
			"--resolve", strings.Join(table, ","), "--zipkin-url", "http://" + collector + "/api/v2/spans",
			"--drain-delay", "0s"}, sub.env...)
		if err != nil {
			return err
		}
		s.links = append(s.links, p)
		s.hop = p
	}
	s.url = "http://" + addresses[0] + "/"
	return nil
}

// dropped is how many spans the links have lost.
func (s *setup) dropped() (sent, lost uint64, err error) {
	for _, p := range s.links {
		resp, err := http.Get("http://" + p.address + "/state")
		if err != nil {
			return 0, 0, err
		}
		var state chain.LinkState
		err = json.NewDecoder(resp.Body).Decode(&state)
		_ = resp.Body.Close()
		if err != nil {
			return 0, 0, err
		}
		sent += state.SpansSent
		lost += state.SpansLost
	}
	return sent, lost, nil
}

// free is an address on loopback that nothing listens on.
func free() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}
