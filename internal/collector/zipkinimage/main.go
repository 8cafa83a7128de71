// Zipkinimage writes the image openzipkin/zipkin-slim as an archive, from the real server's jar and this machine's Java 17
// with its shared libraries: a cluster without a network can run Zipkin from it. Linux only.
//
//	go run ./internal/collector/zipkinimage -o zipkin.tar
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/chaintui/chaintui/internal/collector/zipkinjar"
)

func main() {
	output := flag.String("o", "zipkin-slim.tar", "archive to write")
	name := flag.String("name", "openzipkin/zipkin-slim:"+zipkinjar.Version, "the image's name")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := build(ctx, *output, *name)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "zipkinimage:", err)
		os.Exit(1)
	}
}

func build(ctx context.Context, output, name string) error {
	jar, err := zipkinjar.Find(ctx)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "zipkinimage-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	runtime, err := runtimeOf(ctx, scratch)
	if err != nil {
		return err
	}
	files := layer{}
	if err := files.addTree("opt/java", runtime); err != nil {
		return err
	}
	libraries, err := librariesOf(ctx, runtime)
	if err != nil {
		return err
	}
	for _, library := range libraries {
		files.addFile(library, library)
	}
	files.addFile("zipkin/zipkin.jar", jar)
	files.addText("etc/passwd", "zipkin:x:1000:1000:zipkin:/tmp:/nologin\n")
	files.addText("etc/group", "zipkin:x:1000:\n")
	return files.write(output, name)
}
