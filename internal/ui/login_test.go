package ui_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// needsLogin is a dashboard whose credential plugin has to ask, until log says that it got what it wanted.
func needsLogin(log ui.Login) ui.Options {
	o := options(example.Login, 6)
	done := false
	o.Open = func(ctx context.Context, kubeContext, namespace string) (*feed.Session, error) {
		kind := example.Login
		if done {
			kind = example.Healthy
		}
		return example.Opener(kind, 6)(ctx, kubeContext, namespace)
	}
	if log != nil {
		o.Login = func(ctx context.Context, kubeContext, namespace string, stdin io.Reader, stdout io.Writer) error {
			err := log(ctx, kubeContext, namespace, stdin, stdout)
			done = err == nil
			return err
		}
	}
	return o
}

// The plugin gets the terminal: what it writes stands there as it is, and then the dashboard comes back, live.
func TestLogIn(t *testing.T) {
	asks := make(chan struct{})
	s := uitest.Start(t, 100, 30, needsLogin(func(_ context.Context, kubeContext, namespace string, _ io.Reader, stdout io.Writer) error {
		fmt.Fprintf(stdout, "password for %s/%s?\n", kubeContext, namespace)
		<-asks
		return nil
	})).Version(1)
	s.See("log in to kind-dev", "I  —  log in here", "the dashboard has the terminal").
		Press("I").Await(soon, "password for kind-dev/chain-link?")
	close(asks)
	s.See("● 6 links ready").NotSee("password").
		Press("I").See("Log in: no credential plugin has to ask")
}

func TestLogInFails(t *testing.T) {
	uitest.Start(t, 100, 30, needsLogin(func(context.Context, string, string, io.Reader, io.Writer) error {
		return errors.New("wrong password")
	})).Version(1).Press("I").See("not logged in: wrong password", "log in to kind-dev")
}

func TestNoLoginWithoutOne(t *testing.T) {
	uitest.Start(t, 100, 30, needsLogin(nil)).Version(1).See("can't use context kind-dev").
		Press("I").See("Log in: not available here")
}

// Credentials that expire under a live chain are said in a notice: the page keeps what it shows.
func TestCredentialsExpire(t *testing.T) {
	session, snapshots := example.Session(example.Healthy, 6)
	o := needsLogin(func(context.Context, string, string, io.Reader, io.Writer) error { return nil })
	o.Open = example.Fixed(session)
	s := uitest.Start(t, 140, 30, o).Version(1).See("6 links ready")
	snap := example.Snapshot(example.Healthy, 6)
	snap.Version, snap.Conn = 2, example.Snapshot(example.Login, 6).Conn
	snapshots <- snap
	s.Version(2).See("chain-link-5", "▲ I logs in again: the kubeconfig's credential plugin")
}
