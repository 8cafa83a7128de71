package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// runtimeOf returns the folder of a Java runtime: one that jlink cuts where it and its modules are installed, else the
// machine's own, which is larger.
func runtimeOf(ctx context.Context, scratch string) (string, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return "", errors.New("java is not installed (Debian: openjdk-17-jre-headless)")
	}
	if java, err = filepath.EvalSymlinks(java); err != nil {
		return "", err
	}
	home := filepath.Dir(filepath.Dir(java))
	jlink := filepath.Join(home, "bin", "jlink")
	if !exists(jlink) || !exists(filepath.Join(home, "jmods")) {
		return home, nil
	}
	runtime := filepath.Join(scratch, "java")
	cut := exec.CommandContext(ctx, jlink, "--add-modules", "ALL-MODULE-PATH", "--strip-debug", "--no-header-files", "--no-man-pages",
		"--compress=2", "--output", runtime)
	if out, err := cut.CombinedOutput(); err != nil {
		// --strip-debug needs objcopy for the native part; without it the Java part is enough.
		cut = exec.CommandContext(ctx, jlink, "--add-modules", "ALL-MODULE-PATH", "--strip-java-debug-attributes", "--no-header-files",
			"--no-man-pages", "--compress=2", "--output", runtime)
		if err := os.RemoveAll(runtime); err != nil {
			return "", err
		}
		if again, err := cut.CombinedOutput(); err != nil {
			return "", fmt.Errorf("jlink: %w: %s%s", err, out, again)
		}
	}
	return runtime, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// librariesOf lists the shared libraries outside of the runtime that its programs and libraries load, and the loader, as
// absolute paths, sorted.
func librariesOf(ctx context.Context, runtime string) ([]string, error) {
	found := map[string]bool{}
	err := filepath.WalkDir(runtime, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if filepath.Base(path) != "java" && !strings.Contains(filepath.Base(path), ".so") {
			return nil
		}
		// It fails for what is no dynamic object, such as a script of that name; then there is nothing to list.
		out, _ := exec.CommandContext(ctx, "ldd", path).Output()
		for line := range strings.Lines(string(out)) {
			if library := libraryIn(line); library != "" && !strings.HasPrefix(library, runtime) {
				found[library] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("ldd lists no shared library of java")
	}
	libraries := make([]string, 0, len(found))
	for library := range found {
		libraries = append(libraries, library)
	}
	slices.Sort(libraries)
	return libraries, nil
}

// libraryIn reads a line of ldd: "libc.so.6 => /lib/libc.so.6 (0x…)" or "/lib64/ld-linux-x86-64.so.2 (0x…)".
func libraryIn(line string) string {
	if _, after, found := strings.Cut(line, "=>"); found {
		line = after
	}
	path, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	if !filepath.IsAbs(path) {
		return ""
	}
	return path
}
