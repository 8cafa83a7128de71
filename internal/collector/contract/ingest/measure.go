//go:build zipkin

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// measure sends the load several times and prints what each pass cost the server's process.
func measure(ctx context.Context, name, url string, pid int, load load, passes int) error {
	idle, err := usageOf(pid)
	if err != nil {
		return err
	}
	for pass := range passes {
		before, err := usageOf(pid)
		if err != nil {
			return err
		}
		start := time.Now()
		if err := load.send(ctx, url, pass); err != nil {
			return err
		}
		took := time.Since(start)
		after, err := settled(ctx, pid)
		if err != nil {
			return err
		}
		fmt.Printf("%-9s %4d %14.0f %14.0f %10.0f %12.0f\n", name, pass+1, float64(load.spans)/(after.cpu-before.cpu).Seconds(),
			float64(load.spans)/took.Seconds(), float64(after.rss)/1e6, float64(after.rss-idle.rss)/float64(load.spans))
	}
	return nil
}

type usage struct {
	cpu time.Duration // user and system
	rss int           // bytes
}

// settled waits until the process rests, for both may store or clean up after their last answer.
func settled(ctx context.Context, pid int) (usage, error) {
	last, err := usageOf(pid)
	for err == nil {
		select {
		case <-ctx.Done():
			return last, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		var now usage
		if now, err = usageOf(pid); now.cpu-last.cpu < 20*time.Millisecond {
			return now, err
		}
		last = now
	}
	return last, err
}

// usageOf reads /proc/PID/stat, whose fields 14 and 15 are ticks of 10 ms and whose field 24 is pages.
func usageOf(pid int) (usage, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return usage{}, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:])) // from the third on
	numbers := make([]int, 0, 3)
	for _, i := range []int{14 - 3, 15 - 3, 24 - 3} {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			return usage{}, err
		}
		numbers = append(numbers, n)
	}
	return usage{time.Duration(numbers[0]+numbers[1]) * 10 * time.Millisecond, numbers[2] * os.Getpagesize()}, nil
}
