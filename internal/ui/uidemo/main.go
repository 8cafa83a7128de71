// Command uidemo shows the dashboard with example data, to look at its screens without a cluster:
//
//	go run ./internal/ui/uidemo -state slow -links 6
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

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
	flag.Parse()
	example.Pause = time.Second
	err := ui.Run(context.Background(), ui.Options{
		Open: example.Opener(*kind, *links), Places: example.Places{}, Actions: example.Actions(),
		Theme: *colours, NoMotion: *still, ReadOnly: *readOnly, Version: "example",
		Now: func() time.Time { return example.Now },
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
