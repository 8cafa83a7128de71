package main

import (
	"context"
	"os"
	"strconv"
	"strings"
	"time"
)

// idle is how much of the machine may be in use where a measurement begins.
const idle = 0.05

// calm waits until the machine has next to nothing to do, at most some seconds: making the pods, and listing them, leave
// work behind in the API server and its controllers that is none of the dashboard's.
func calm(ctx context.Context) {
	for range 12 {
		busy, all := ticks()
		pause(ctx, 500*time.Millisecond)
		if b, a := ticks(); ctx.Err() != nil || float64(b-busy) <= idle*float64(a-all) {
			return
		}
	}
}

// ticks are the processors' since the machine has started: those in use, and all (proc_stat(5)); 0 where they can't be read.
func ticks() (busy, all int64) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	for i, field := range strings.Fields(line)[1:] {
		n, _ := strconv.ParseInt(field, 10, 64)
		if all += n; i != 3 && i != 4 { // idle, and waiting for a disk
			busy += n
		}
	}
	return busy, all
}
