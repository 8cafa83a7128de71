package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Digest names a build: 16 hexadecimal digits that change with any file of the
// sources, its name, or any of the flags.
func Digest(sources fs.FS, flags []string) (string, error) {
	sum := sha256.New()
	for _, flag := range flags {
		fmt.Fprintf(sum, "%d:%s", len(flag), flag)
	}
	err := fs.WalkDir(sources, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(sources, path)
		fmt.Fprintf(sum, "%d:%s%d:", len(path), path, len(text))
		sum.Write(text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:16], err
}

// extract writes the sources to a folder, over what an earlier, interrupted
// build may have left there.
func extract(sources fs.FS, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return fs.WalkDir(sources, ".", func(path string, entry fs.DirEntry, err error) error {
		target := filepath.Join(dir, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := fs.ReadFile(sources, path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}
