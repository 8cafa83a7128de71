package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The tests run the real program in processes of its own: this binary, told to be it.
func TestMain(m *testing.M) {
	if os.Getenv("LINK_TEST_MAIN") == "1" {
		main()
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// process is a running link, load or collect.
type process struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	done    chan struct{} // closed when it has ended and its output is read
	mu      sync.Mutex
	lines   []map[string]any // of its log
}

// start runs the program, and waits until it listens, on an address of its own.
func start(t *testing.T, env map[string]string, args ...string) *process {
	t.Helper()
	p := &process{t: t, address: freeAddress(t), done: make(chan struct{})}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Args = append([]string{"link"}, args...)
	p.cmd.Env = []string{"LINK_TEST_MAIN=1", "PATH=" + os.Getenv("PATH"), "CHAIN_LINK_LISTEN=" + p.address}
	for k, v := range env {
		p.cmd.Env = append(p.cmd.Env, k+"="+v)
	}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.read(out)
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.done
	})
	eventually(t, func() bool {
		c, err := net.Dial("tcp", p.address)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, "the program to listen")
	return p
}

func (p *process) read(out io.Reader) {
	defer close(p.done)
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		var line map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			p.t.Errorf("a line of the log is not JSON: %s", scanner.Text())
		}
		p.mu.Lock()
		p.lines = append(p.lines, line)
		p.mu.Unlock()
	}
	_ = p.cmd.Wait()
}

// logged returns the first line of the log with the message.
func (p *process) logged(message string) map[string]any {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, line := range p.lines {
		if line["msg"] == message {
			return line
		}
	}
	return nil
}

func (p *process) signal() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Error(err)
	}
}

// code waits for the end and returns the exit code.
func (p *process) code() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		p.t.Fatal("the program does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// status asks the program; 0 when it can't be reached.
func (p *process) status(path string) int {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	resp, err := client.Get("http://" + p.address + path)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func eventually(t *testing.T, ok func() bool, what string) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("timed out waiting for: " + what)
		}
	}
}
