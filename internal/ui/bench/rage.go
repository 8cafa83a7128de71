package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// storm is this program once more, for updates alone: what they cost it would come on top of what is measured.
type storm struct {
	command *exec.Cmd
	in      io.Closer
	out     *bufio.Reader
}

// unleash begins a storm.
func (s settings) unleash(ctx context.Context) (*storm, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, self, "-raging", "-kubeconfig", s.kubeconfig,
		"-links", strconv.Itoa(s.links), "-pods", strconv.Itoa(s.pods), "-storm", strconv.Itoa(s.storm))
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &storm{command, in, bufio.NewReader(out)}, command.Start()
}

// end is how many updates the storm had.
func (s *storm) end() (sent int, err error) {
	_ = s.in.Close()
	_, err = fmt.Fscan(s.out, &sent)
	return sent, errors.Join(err, s.command.Wait())
}

// rages is the storm's own process: it ends with its input, and says how many updates it had.
func (c *crowd) rages(ctx context.Context, rate int) {
	ctx, calm := context.WithCancel(ctx)
	go func() {
		defer calm()
		_, _ = io.Copy(io.Discard, os.Stdin)
	}()
	fmt.Println(rage(ctx, c, rate))
}

// rage changes pods at a rate, or as fast as the API server does it, until it is stopped, and counts.
func rage(ctx context.Context, c *crowd, rate int) (sent int) {
	work := make(chan int)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for n := range work {
				_ = c.toss(context.WithoutCancel(ctx), n%c.links, n/c.links%c.pods, fmt.Sprintf("Storm%d", n%7))
			}
		})
	}
	began := time.Now()
	for ctx.Err() == nil {
		pause(ctx, time.Until(began.Add(time.Duration(sent)*time.Second/time.Duration(rate))))
		select {
		case <-ctx.Done():
		case work <- sent:
			sent++
		}
	}
	close(work)
	group.Wait()
	return sent
}
