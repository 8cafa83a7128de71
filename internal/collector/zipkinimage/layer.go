package main

import (
	"archive/tar"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// layer is what the image holds, by path without the leading slash.
type layer map[string]content

type content struct {
	source string // a file to copy
	text   string // or its text
}

func (l layer) addFile(target, source string) {
	l[strings.TrimPrefix(path.Clean(target), "/")] = content{source: source}
}

func (l layer) addText(target, text string) { l[target] = content{text: text} }

// addTree copies a folder; links are followed, for they may lead out of it.
func (l layer) addTree(target, source string) error {
	return filepath.WalkDir(source, func(file string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(source, file)
		if err != nil {
			return err
		}
		info, err := os.Stat(file)
		switch {
		case err != nil && os.IsNotExist(err): // a link to nowhere, such as to certificates that are not installed
			return nil
		case err != nil:
			return err
		case info.Mode().IsRegular():
			l.addFile(path.Join(target, filepath.ToSlash(relative)), file)
		}
		return nil
	})
}

// write makes the archive: one layer, files of root that all may read, and a /tmp for user 1000 to write in.
func (l layer) write(output, image string) error {
	tag, err := name.NewTag(image)
	if err != nil {
		return err
	}
	scratch, err := os.CreateTemp(filepath.Dir(output), ".zipkinimage-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(scratch.Name()) }()
	if err := l.tar(scratch); err != nil {
		return err
	}
	if err := scratch.Close(); err != nil {
		return err
	}
	part, err := tarball.LayerFromFile(scratch.Name())
	if err != nil {
		return err
	}
	built, err := mutate.AppendLayers(empty.Image, part)
	if err != nil {
		return err
	}
	config, err := built.ConfigFile()
	if err != nil {
		return err
	}
	config.Architecture, config.OS = runtime.GOARCH, "linux"
	config.Config = v1.Config{
		User: "1000:1000", WorkingDir: "/zipkin", Env: []string{"PATH=/opt/java/bin", "LANG=C.UTF-8"},
		Entrypoint:   []string{"/opt/java/bin/java", "-XX:+ExitOnOutOfMemoryError", "-jar", "/zipkin/zipkin.jar"},
		ExposedPorts: map[string]struct{}{"9411/tcp": {}},
	}
	if built, err = mutate.ConfigFile(built, config); err != nil {
		return err
	}
	return tarball.WriteToFile(output, tag, built)
}

func (l layer) tar(to io.Writer) error {
	w := tar.NewWriter(to)
	if err := w.WriteHeader(&tar.Header{Name: "tmp/", Typeflag: tar.TypeDir, Mode: 0o1777}); err != nil {
		return err
	}
	for _, target := range slices.Sorted(maps.Keys(l)) {
		if err := l[target].append(w, target); err != nil {
			return err
		}
	}
	return w.Close()
}

func (c content) append(w *tar.Writer, target string) error {
	if c.source == "" {
		if err := w.WriteHeader(&tar.Header{Name: target, Mode: 0o644, Size: int64(len(c.text))}); err != nil {
			return err
		}
		_, err := io.WriteString(w, c.text)
		return err
	}
	file, err := os.Open(c.source)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	mode := int64(0o644)
	if info.Mode()&0o111 != 0 {
		mode = 0o755
	}
	if err := w.WriteHeader(&tar.Header{Name: target, Mode: mode, Size: info.Size()}); err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return err
}
