// Command uidemo shows the dashboard with example data, to look at its screens without a cluster:
//
//	go run ./internal/ui/uidemo -state slow -links 6
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/chaintui/chaintui/internal/tour"
	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/theme"
)

func main() {
	kind := flag.String("state", example.Healthy, "one of "+strings.Join(example.States(), ", "))
	links := flag.Int("links", 6, "length of the chain")
	colours := flag.String("theme", theme.Auto, "one of "+strings.Join(theme.Names(), ", "))
	still := flag.Bool("no-motion", false, "nothing moves")
	readOnly := flag.Bool("read-only", false, "as a session that may change nothing")
	guided := flag.Bool("tour", false, "give the tour")
	auto := flag.Bool("auto", false, "with -tour: it goes on by itself")
	flag.Parse()
	example.Pause = time.Second
	options := ui.Options{
		Open: example.Opener(*kind, *links), Places: example.Places{}, Actions: example.Actions(),
		Theme: *colours, NoMotion: *still, ReadOnly: *readOnly, Version: "example",
		Login: func(_ context.Context, kubeContext, _ string, _ io.Reader, stdout io.Writer) error {
			fmt.Fprintf(stdout, "Logging in to %s: here a plugin would ask.\n", kubeContext)
			return nil
		},
		Now: func() time.Time { return example.Now },
	}
	if *readOnly {
		options.Open = example.ReadOnly(options.Open)
	}
	var err error
	if *guided {
		err = guide(&options, *links, *auto)
	}
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		err = ui.Run(ctx, options)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// guide makes the dashboard give the tour of an example that follows it. The tour needs a clock.
func guide(o *ui.Options, links int, auto bool) error {
	living := example.NewLiving(links)
	begin, err := tour.Of(living.Snapshot())
	if err != nil {
		return err
	}
	o.Open, o.Actions, o.Now, o.Tour = living.Open, living.Actions(), nil, tour.New(begin, auto)
	return nil
}
