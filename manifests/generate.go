package manifests

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
)

// marker is the first line of each file that Generate writes. Files without it are never removed or overwritten.
const marker = "# Written by chaintui generate; changes here are overwritten, and the file is removed when the chain no longer needs it."

// Generated says what Generate did, by file name in kubectl's order.
type Generated struct {
	Written []string
	Removed []string // of an earlier chain
}

// FileName is the file of an object: <name>-<kind>.yaml, as the original named them. kubectl applies a folder's files by
// name, so the namespace's begins with what sorts before every other.
func FileName(o Object) string {
	name := o.Name + "-" + strings.ToLower(string(o.Kind)) + ".yaml"
	if o.Kind == Namespace {
		return "00-" + name
	}
	return name
}

// Generate writes a chain's objects into a folder, one file an object, such that `kubectl apply -f DIR` works the first
// time, and removes the files of an earlier, longer chain that it wrote itself. It creates the folder. The namespace is
// among the objects: whoever applies them may not have it yet.
func Generate(dir string, spec chain.Spec, namespace string, live chain.Live) (Generated, error) {
	spec.CreatedNS = true
	objects, err := Objects(spec, namespace, live)
	if err != nil {
		return Generated{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Generated{}, unwritable(dir, err)
	}
	var done Generated
	for _, o := range objects {
		text, err := o.YAML()
		if err != nil {
			return done, fmt.Errorf("%s: %w", o.ID, err)
		}
		name := FileName(o)
		path := filepath.Join(dir, name)
		if ours, err := written(path); err == nil && !ours {
			return done, fmt.Errorf("%s exists and was not written by chaintui generate: move it away, or choose another folder", path)
		}
		if err := replace(path, append([]byte(marker+"\n"), text...)); err != nil {
			return done, unwritable(dir, err)
		}
		done.Written = append(done.Written, name)
	}
	slices.Sort(done.Written)
	done.Removed, err = removeStale(dir, done.Written)
	return done, err
}

// removeStale removes the files that an earlier Generate wrote and this one did not.
func removeStale(dir string, keep []string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, unwritable(dir, err)
	}
	var removed []string
	for _, e := range entries {
		if _, kept := slices.BinarySearch(keep, e.Name()); kept || !e.Type().IsRegular() || filepath.Ext(e.Name()) != ".yaml" {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if ours, err := written(path); err != nil || !ours {
			continue
		}
		if err := os.Remove(path); err != nil {
			return removed, unwritable(dir, err)
		}
		removed = append(removed, e.Name())
	}
	return removed, nil
}

// written tells whether Generate wrote the file.
func written(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, len(marker))
	n, err := f.Read(head)
	if err != nil && n == 0 {
		return false, nil // an empty file, or a folder
	}
	return bytes.Equal(head[:n], []byte(marker)), nil
}

// replace writes a file at once: who reads meanwhile sees the old one or the new one.
func replace(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".chaintui-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // nothing is there any more once it was renamed
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func unwritable(dir string, err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	return fmt.Errorf("can't write to the folder %s: %w; choose another with --output-directory", dir, err)
}
