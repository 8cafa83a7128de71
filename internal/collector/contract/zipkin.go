//go:build zipkin

package contract

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Zipkin is a running server.
type Zipkin struct {
	URL     string
	PID     int
	command *exec.Cmd
	output  bytes.Buffer
	exited  chan struct{} // closed once err is set
	err     error
}

// Start runs the server on a port of the loopback; env is its configuration (MEM_MAX_SPANS=…). Wait tells when it is up.
func Start(ctx context.Context, jar string, port int, env ...string) (*Zipkin, error) {
	z := &Zipkin{URL: fmt.Sprintf("http://127.0.0.1:%d", port), exited: make(chan struct{})}
	z.command = exec.CommandContext(ctx, "java", "-jar", jar)
	z.command.Env = append(append(os.Environ(), fmt.Sprintf("QUERY_PORT=%d", port)), env...)
	z.command.Stdout, z.command.Stderr = &z.output, &z.output
	z.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := z.command.Start(); err != nil {
		return nil, err
	}
	z.PID = z.command.Process.Pid
	go func() {
		z.err = z.command.Wait()
		close(z.exited)
	}()
	return z, nil
}

// Wait returns once the server answers; it takes some 8 s.
func (z *Zipkin) Wait(ctx context.Context) error {
	select {
	case err := <-WaitFor(ctx, z.URL):
		return err
	case <-z.exited:
		return fmt.Errorf("zipkin ended: %w\n%s", z.err, z.output.Bytes())
	}
}

// WaitFor tells when a server's /health answers, or that ctx ended before.
func WaitFor(ctx context.Context, url string) <-chan error {
	result := make(chan error, 1)
	go func() {
		every := time.NewTicker(100 * time.Millisecond)
		defer every.Stop()
		for !healthy(ctx, url) {
			select {
			case <-every.C:
			case <-ctx.Done():
				result <- fmt.Errorf("%s does not answer: %w", url, ctx.Err())
				return
			}
		}
		result <- nil
	}()
	return result
}

func healthy(ctx context.Context, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/health", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// Stop ends the server and waits for its end.
func (z *Zipkin) Stop() {
	_ = z.command.Process.Kill()
	<-z.exited
}
