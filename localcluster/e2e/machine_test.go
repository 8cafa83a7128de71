//go:build e2e && linux

package e2e

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// machine is what a cluster could leave behind, as text to compare. Clusters
// that others run meanwhile are not in it.
type machine struct{ processes, mounts, links, cgroups, files, sysctls []string }

func look(t *testing.T) machine {
	t.Helper()
	var m machine
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(mounts)) {
		m.mounts = append(m.mounts, strings.Fields(line)[4])
	}
	links, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		m.links = append(m.links, link.Name)
	}
	m.processes = processes(t)
	m.cgroups = below("/sys/fs/cgroup")
	m.files = append(below("/var/lib/chaintui-localcluster"), below("/run")...)
	for _, name := range []string{"vm/overcommit_memory", "kernel/panic", "kernel/panic_on_oops", "net/ipv4/ip_forward"} {
		value, _ := os.ReadFile("/proc/sys/" + name)
		m.sysctls = append(m.sysctls, name+"="+strings.TrimSpace(string(value)))
	}
	for _, list := range []*[]string{&m.mounts, &m.links, &m.processes, &m.cgroups, &m.files} {
		slices.Sort(*list)
	}
	return m
}

// same fails the test for everything that is there now and was not before, and
// the other way round for what the machine had.
func same(t *testing.T, before, after machine) {
	t.Helper()
	compare := func(what string, was, is []string) {
		for _, each := range is {
			if !slices.Contains(was, each) {
				t.Errorf("%s left behind: %s", what, each)
			}
		}
	}
	compare("process", before.processes, after.processes)
	compare("mount", before.mounts, after.mounts)
	compare("link", before.links, after.links)
	compare("cgroup", before.cgroups, after.cgroups)
	compare("file", before.files, after.files)
	compare("sysctl", before.sysctls, after.sysctls)
	compare("missing link", after.links, before.links)
	compare("missing mount", after.mounts, before.mounts)
}

// ours says whether a path or a cgroup belongs to this test's clusters.
func ours(text string) bool {
	return strings.Contains(text, prefix)
}

// below lists this test's files and folders below a folder, two levels deep.
func below(root string) []string {
	var found []string
	_ = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && ours(path) {
			found = append(found, path)
			return nil
		}
		if strings.Count(strings.TrimPrefix(path, root), "/") > 2 {
			return fs.SkipDir
		}
		return nil
	})
	return found
}

// processes lists those of this test's clusters: in their cgroups, called like
// them, or with one of their folders mounted, which all have in their namespace.
func processes(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		dir := "/proc/" + entry.Name() + "/"
		if status, _ := os.ReadFile(dir + "status"); strings.Contains(string(status), "State:\tZ") {
			continue // ended; init collects it in its own time
		}
		command, _ := os.ReadFile(dir + "cmdline")
		group, _ := os.ReadFile(dir + "cgroup")
		mounts, _ := os.ReadFile(dir + "mountinfo")
		if ours(string(command)) || ours(string(group)) || ours(string(mounts)) {
			found = append(found, fmt.Sprintf("%d %s", pid, strings.ReplaceAll(string(command), "\x00", " ")))
		}
	}
	return found
}
