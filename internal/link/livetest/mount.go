// Package livetest changes a folder the way that the kubelet changes a mounted ConfigMap, for tests.
package livetest

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/chaintui/chaintui/internal/chain"
)

var versions atomic.Int64

// Publish makes data the content of the mounted folder: it writes a new version beside the old one, swaps the symlink
// ..data to it by a rename, and removes the old one.
func Publish(t testing.TB, dir string, data map[string]string) {
	t.Helper()
	version := fmt.Sprintf("..2026_01_01_00_00_00.%d", versions.Add(1))
	must(t, os.MkdirAll(filepath.Join(dir, version), 0o755))
	for key, text := range data {
		must(t, os.WriteFile(filepath.Join(dir, version, key), []byte(text), 0o644))
	}
	old, _ := os.Readlink(filepath.Join(dir, "..data"))
	must(t, os.Symlink(version, filepath.Join(dir, "..data_tmp")))
	must(t, os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")))
	for key := range data {
		if err := os.Symlink(filepath.Join("..data", key), filepath.Join(dir, key)); !os.IsExist(err) {
			must(t, err)
		}
	}
	if old != "" {
		must(t, os.RemoveAll(filepath.Join(dir, old)))
	}
}

// Mount returns a new folder that holds the settings.
func Mount(t testing.TB, l chain.Live) string {
	t.Helper()
	dir := t.TempDir()
	Publish(t, dir, l.Data())
	return dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
