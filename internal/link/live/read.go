package live

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/chaintui/chaintui/internal/chain"
)

// maxFile bounds what is read of one file: a ConfigMap holds 1 MiB.
const maxFile = 1 << 20

// read returns our keys of a mounted ConfigMap as one set. The kubelet writes each version into a folder of its own,
// points the symlink ..data there and then removes the version before, file by file. So the link is followed once, and
// what was read counts only if it still points there afterwards. A plain folder is read as it is.
func read(dir string) (map[string]string, error) {
	const attempts = 10
	for range attempts {
		target, err := os.Readlink(filepath.Join(dir, "..data"))
		from := dir
		switch {
		case err == nil && filepath.IsAbs(target):
			from = target
		case err == nil:
			from = filepath.Join(dir, target)
		}
		data, err := files(from)
		if now, _ := os.Readlink(filepath.Join(dir, "..data")); now == target {
			return data, err
		}
	}
	return nil, fmt.Errorf("%s: changed %d times while it was read", dir, attempts)
}

func files(dir string) (map[string]string, error) {
	data := map[string]string{}
	for _, key := range []string{chain.OrderKey, chain.FaultsKey, chain.LoadKey} {
		text, err := file(filepath.Join(dir, key))
		if errors.Is(err, fs.ErrNotExist) && key != chain.OrderKey {
			continue
		}
		if err != nil {
			return nil, err
		}
		data[key] = text
	}
	return data, nil
}

func file(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return "", err
	}
	if len(text) > maxFile {
		return "", fmt.Errorf("%s: larger than %d bytes", name, maxFile)
	}
	return string(text), nil
}
