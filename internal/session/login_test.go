//go:build linux

package session

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// A plugin that asks for its token on a terminal, and keeps nothing.
const plugin = `#!/bin/sh
[ -t 0 ] || { echo "no terminal" >&2; exit 1; }
read token
printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}' "$token"
`

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: %q, certificate-authority: %q}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %q, interactiveMode: %s}}}]
`

// server is an API server that knows one token, and only tells its version. It tells when somebody comes with the token.
func server(t *testing.T) (s *httptest.Server, known chan string) {
	known = make(chan string, 100)
	s = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer good" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		select {
		case known <- r.URL.Path:
		default:
		}
		if r.URL.Path != "/version" {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	t.Cleanup(s.Close)
	return s, known
}

// setUp are sessions on the server whose user gets credentials from the plugin.
func setUp(t *testing.T, s *httptest.Server, mode string) Options {
	dir := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	ca := file("ca.crt", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})), 0o600)
	config := file("config", fmt.Sprintf(kubeconfig, s.URL, ca, file("plugin", plugin, 0o700), mode), 0o600)
	return Options{Kube: kube.Options{Kubeconfig: config, NoPrompt: "the dashboard has the terminal"}, Logins: &Logins{}}
}

// typed is a terminal on which text has been typed.
func typed(t *testing.T, text string) *os.File {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = terminal.Close() })
	if _, err := master.WriteString(text); err != nil {
		t.Fatal(err)
	}
	return terminal
}

// on runs f with another os.Stdin.
func on(stdin *os.File, f func()) {
	old := os.Stdin
	os.Stdin = stdin
	defer func() { os.Stdin = old }()
	f()
}

// phase is where the connection of a new session comes to rest.
func phase(t *testing.T, o Options) state.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s, err := o.Open(ctx, "c", "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for {
		select {
		case snap := <-s.Snapshots:
			if snap.Conn.Phase != state.Connecting {
				return snap.Conn
			}
		case <-ctx.Done():
			t.Fatal("the session goes on connecting")
		}
	}
}

func TestLogInLetsAPluginAsk(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, mode := range []string{"Always", "IfAvailable"} {
		t.Run(mode, func(t *testing.T) {
			s, known := server(t)
			o := setUp(t, s, mode)
			on(null, func() {
				conn := phase(t, o)
				if u, ok := errors.AsType[*kube.Unauthorized](conn.Cause); !ok || !u.Plugin || conn.Phase != state.Unusable || len(known) > 0 {
					t.Errorf("before the login: %+v", conn)
				}
			})
			on(typed(t, "bad\nbad\n"), func() { // it is asked again when the server refuses
				if err := o.LogIn(t.Context(), "c", ""); !kube.Is[*kube.Unauthorized](err) || o.Logins.has("c") {
					t.Errorf("with a bad token: %v", err)
				}
			})
			on(null, func() {
				if conn := phase(t, o); conn.Phase != state.Unusable {
					t.Errorf("after a login with a bad token: %+v", conn)
				}
			})
		})
	}
}

func TestSessionUsesTheLogin(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	s, known := server(t)
	o := setUp(t, s, "IfAvailable")
	on(typed(t, "good\n"), func() {
		if err := o.LogIn(t.Context(), "", ""); err != nil || <-known != "/version" {
			t.Error(err)
		}
	})
	on(null, func() {
		session, err := o.Open(t.Context(), "c", "")
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		<-known
	})
}
