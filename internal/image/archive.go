package image

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// DefaultRepository is the image's name where no registry is involved.
const DefaultRepository = "chain-link"

// Tag identifies contents: 12 hex digits of SHA-256 over them, whatever their order.
func Tag(contents []Content) string {
	sorted := slices.SortedFunc(slices.Values(contents), func(a, b Content) int { return strings.Compare(a.Arch, b.Arch) })
	h := sha256.New()
	for _, c := range sorted {
		fmt.Fprintf(h, "%s %x %q\n", c.Arch, sha256.Sum256(c.Binary), c.Version)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// Write writes the image as a docker-format archive that loads under the reference, such as "chain-link:0123456789ab".
// The file is replaced at once or not at all.
func Write(path, reference string, img v1.Image) error {
	ref, err := name.NewTag(reference, name.WithDefaultRegistry(""))
	if err != nil {
		return fmt.Errorf("image reference %q: %w", reference, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	err = tarball.Write(ref, img, temp)
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Chmod(temp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
