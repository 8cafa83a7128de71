package main

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// limitMemory makes the collector of garbage work harder before the container's limit is reached, unless GOMEMLIMIT
// says otherwise; and, because a link's live heap is a few MB, lets it rest longer before that, unless GOGC does.
// GOMAXPROCS follows the container's CPU limit by itself.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		if limit := containerLimit(); limit > 0 {
			debug.SetMemoryLimit(limit / 10 * 9)
		}
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// containerLimit is the cgroup's memory limit in bytes, 0 without one.
func containerLimit() int64 {
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		if err == nil && n > 0 && n < 1<<50 { // version 1 writes no limit as a huge number
			return n
		}
	}
	return 0
}
