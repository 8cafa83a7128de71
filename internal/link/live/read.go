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

// read returns our keys of a mounted ConfigMap as one set. The kubelet writes each version into a folder of its own and
// then points the symlink ..data there, so the link is followed once, and again if that version has gone meanwhile.
// A plain folder is read as it is.
func read(dir string) (map[string]string, error) {
	for attempt := 0; ; attempt++ {
		target, err := os.Readlink(filepath.Join(dir, "..data"))
		from := dir
		if err == nil {
			from = filepath.Join(dir, target)
			if filepath.IsAbs(target) {
				from = target
			}
		}
		data, err := files(from)
		if err == nil {
			return data, nil
		}
		if now, _ := os.Readlink(filepath.Join(dir, "..data")); now == target || attempt == 5 {
			return nil, err
		}
	}
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
