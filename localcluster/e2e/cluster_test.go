//go:build e2e && linux

// Package e2e runs the launcher on the machine it stands on: as root, with
// the built components in its cache. LOCALCLUSTER_KILLS is how often it is
// killed at a random moment (3), LOCALCLUSTER_SEED repeats a run.
package e2e

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/image"
)

// prefix begins the name of every cluster that the tests start.
const prefix = "e2e-"

const appImage = "docker.io/localcluster/app:1"

// launcher and appArchive are built once.
var launcher, appArchive string

func TestMain(m *testing.M) {
	if os.Geteuid() != 0 {
		fmt.Println("the end-to-end tests need root")
		os.Exit(1)
	}
	dir, err := os.MkdirTemp("", "localcluster")
	if err == nil {
		err = prepare(dir)
	}
	code := 1
	if err == nil {
		code = m.Run()
	} else {
		fmt.Println(err)
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func prepare(dir string) error {
	launcher, appArchive = filepath.Join(dir, "localcluster"), filepath.Join(dir, "app.tar")
	app := filepath.Join(dir, "app")
	for program, source := range map[string]string{launcher: "..", app: "./app"} {
		build := exec.Command("go", "build", "-o", program, source)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%w\n%s", err, said)
		}
	}
	file, err := os.Create(appArchive)
	if err != nil {
		return err
	}
	defer file.Close()
	return image.Write(file, appImage, app)
}

// cluster is one that a test uses; it is taken down with the test.
type cluster struct {
	t    *testing.T
	name string
}

func use(t *testing.T, name string) cluster {
	c := cluster{t, prefix + name}
	t.Cleanup(func() { _, _ = c.try("down") })
	return c
}

func (c cluster) command(args ...string) *exec.Cmd {
	return exec.Command(launcher, append([]string{"--name", c.name}, args...)...)
}

func (c cluster) try(args ...string) (string, error) {
	var out bytes.Buffer
	cmd := c.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// run must succeed.
func (c cluster) run(args ...string) string {
	c.t.Helper()
	begin := time.Now()
	out, err := c.try(args...)
	if err != nil {
		c.t.Fatalf("%s %s: %v\n%s", c.name, strings.Join(args, " "), err, out)
	}
	c.t.Logf("%s %s: %.1f s", c.name, args[0], time.Since(begin).Seconds())
	return out
}

// deploy starts an app of two pods behind a Service and waits until it is ready.
func (c cluster) deploy() {
	c.t.Helper()
	c.run("load", appArchive)
	c.run("kubectl", "apply", "-f", "testdata/app.yaml")
	c.run("kubectl", "rollout", "status", "deployment/app", "--timeout=60s")
}

// eventually tries until it succeeds or the time is over.
func (c cluster) eventually(limit time.Duration, try func() error) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			c.t.Fatalf("after %s: %v", limit, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func number(name string, otherwise int64) int64 {
	if value, err := strconv.ParseInt(os.Getenv(name), 10, 64); err == nil {
		return value
	}
	return otherwise
}
