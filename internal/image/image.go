// Package image makes the links' container image out of a static binary, without Docker: one layer, uncompressed, in
// the docker-archive format that every cluster tool loads. The same binary gives the same image, to the byte.
package image

import (
	"archive/tar"
	"bytes"
	"fmt"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// User is the numeric user that the image runs as. Pod Security "restricted" takes no user by name.
const User = 10001

// Content is what an image is made of.
type Content struct {
	Arch    string // as GOARCH has it
	Binary  []byte // becomes /link, the entrypoint
	Version string // becomes the environment's CHAIN_LINK_VERSION
}

// epoch stands for every time in the image.
var epoch = time.Unix(0, 0).UTC()

// New builds the image.
func New(c Content) (v1.Image, error) {
	layer, err := layerOf(c.Binary)
	if err != nil {
		return nil, err
	}
	img, err := mutate.Append(mutate.MediaType(empty.Image, types.DockerManifestSchema2), mutate.Addendum{
		Layer:   static.NewLayer(layer, types.DockerUncompressedLayer),
		History: v1.History{Created: v1.Time{Time: epoch}, CreatedBy: "chaintui make image"},
	})
	if err != nil {
		return nil, fmt.Errorf("add the layer: %w", err)
	}
	file, err := img.ConfigFile()
	if err != nil {
		return nil, fmt.Errorf("read the image's configuration: %w", err)
	}
	file = file.DeepCopy()
	file.Architecture, file.OS, file.Created = c.Arch, "linux", v1.Time{Time: epoch}
	file.Config = v1.Config{
		Entrypoint:   []string{"/link"},
		User:         fmt.Sprint(User),
		WorkingDir:   "/",
		Env:          []string{"PATH=/", "CHAIN_LINK_VERSION=" + c.Version},
		ExposedPorts: map[string]struct{}{"8000/tcp": {}},
		Labels: map[string]string{
			"org.opencontainers.image.title":    "chain-link",
			"org.opencontainers.image.licenses": "Apache-2.0",
			"org.opencontainers.image.version":  c.Version,
		},
	}
	return mutate.ConfigFile(img, file)
}

// layerOf is the image's file system: /link, and a /tmp for whoever mounts none.
func layerOf(binary []byte) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, entry := range []struct {
		header tar.Header
		data   []byte
	}{
		{tar.Header{Typeflag: tar.TypeReg, Name: "link", Mode: 0o755, Size: int64(len(binary))}, binary},
		{tar.Header{Typeflag: tar.TypeDir, Name: "tmp/", Mode: 0o1777}, nil},
	} {
		entry.header.ModTime, entry.header.Format = epoch, tar.FormatUSTAR
		if err := w.WriteHeader(&entry.header); err != nil {
			return nil, fmt.Errorf("write the layer: %w", err)
		}
		if _, err := w.Write(entry.data); err != nil {
			return nil, fmt.Errorf("write the layer: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write the layer: %w", err)
	}
	return out.Bytes(), nil
}
