package main

import (
	"context"
	"fmt"
	"io"

	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/session"
	"github.com/chaintui/chaintui/internal/ui"
)

// login lends the terminal to the credential plugin of a context. What the plugin says stays on screen until the user
// has read it, when that was of no use.
func login(aside *aside, options session.Options) ui.Login {
	return func(ctx context.Context, kubeContext, namespace string, stdin io.Reader, stdout io.Writer) error {
		defer aside.lend(stdin)()
		fmt.Fprintf(stdout, "Logging in to %s; ctrl-C leaves chaintui.\n", sanitise.Line(kubeContext))
		err := options.LogIn(ctx, kubeContext, namespace)
		if err != nil {
			fmt.Fprintf(stdout, "%s\nEnter goes back to the dashboard.\n", sanitise.Line(err.Error()))
			await(ctx, stdin, '\n')
		}
		return err
	}
}

// await reads until a byte was typed, and leaves what comes after it to the next reader. When ctx ends the program ends,
// and with it the reading.
func await(ctx context.Context, in io.Reader, wanted byte) {
	typed := make(chan struct{})
	go func() {
		defer close(typed)
		for b := []byte{0}; b[0] != wanted; {
			if n, err := in.Read(b); n == 0 || err != nil {
				return
			}
		}
	}()
	select {
	case <-typed:
	case <-ctx.Done():
	}
}
