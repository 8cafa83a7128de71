// Command build writes the links' image: one docker-format archive an architecture, and the reference under which they
// load. It needs Go and nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/chaintui/chaintui/internal/image"
)

const (
	pkg     = "github.com/chaintui/chaintui/cmd/link"
	maxSize = 20 << 20 // bytes of an archive
)

func main() {
	out := flag.String("o", "dist", "folder for link-<arch>.tar and image.ref")
	arches := flag.String("arch", "amd64,arm64", "architectures, separated by commas")
	repository := flag.String("name", image.DefaultRepository, "the image's name, without a tag")
	tag := flag.String("tag", "", "the image's tag; default a hash of its content")
	version := flag.String("version", "", "version that links report; default the tag")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	reference, err := build(ctx, *out, strings.Split(*arches, ","), *repository, *tag, *version)
	if err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1) //nolint:gocritic // stop only gives the signal back
	}
	fmt.Println(reference)
}

func build(ctx context.Context, out string, arches []string, repository, tag, version string) (reference string, err error) {
	var contents []image.Content
	for _, arch := range arches {
		binary, err := image.Compile(ctx, pkg, arch)
		if err != nil {
			return "", err
		}
		contents = append(contents, image.Content{Arch: arch, Binary: binary, Version: version})
	}
	if tag == "" {
		tag = image.Tag(contents)
	}
	reference = repository + ":" + tag
	for _, c := range contents {
		if c.Version == "" {
			c.Version = tag
		}
		img, err := image.New(c)
		if err != nil {
			return "", err
		}
		path := filepath.Join(out, "link-"+c.Arch+".tar")
		if err := image.Write(path, reference, img); err != nil {
			return "", err
		}
		info, err := os.Stat(path)
		if err != nil {
			return "", err
		}
		if info.Size() > maxSize {
			return "", fmt.Errorf("%s has %d bytes; an image has at most %d", path, info.Size(), maxSize)
		}
		fmt.Fprintf(os.Stderr, "%s %.1f MB\n", path, float64(info.Size())/1e6)
	}
	return reference, os.WriteFile(filepath.Join(out, "image.ref"), []byte(reference+"\n"), 0o644)
}
