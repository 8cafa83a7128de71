//go:build linux

// Package cluster brings a cluster up and takes it down. All it knows of a
// cluster is in one folder; all that runs is in one cgroup branch; everything
// else (links, mounts, rules) lives in namespaces that end with the processes.
package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/node"
)

// root holds a folder per cluster.
const root = "/var/lib/chaintui-localcluster"

var validName = regexp.MustCompile(`^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$`)

// Cluster is one cluster by name, running or not.
type Cluster struct {
	Name string
	dir  string
}

// Open checks the name; it need not exist.
func Open(name string) (Cluster, error) {
	if !validName.MatchString(name) {
		return Cluster{}, fmt.Errorf("%q is no name for a cluster: at most 20 of a-z, 0-9 and -, a letter first and no - last", name)
	}
	return Cluster{Name: name, dir: filepath.Join(root, name)}, nil
}

// Kubeconfig is the path of the administrator's kubeconfig.
func (c Cluster) Kubeconfig() string { return c.path("kubeconfig") }

func (c Cluster) path(parts ...string) string {
	return filepath.Join(append([]string{c.dir}, parts...)...)
}

// Log is the path of a component's log.
func (c Cluster) Log(component string) string { return c.path("logs", component+".log") }

func (c Cluster) group() (node.Cgroup, error) { return node.OpenCgroup("chaintui-lc-" + c.Name) }

// record is what a launcher leaves for the next one.
type record struct {
	Server string        `json:"server"` // URL of the API server on the host
	Bin    string        `json:"bin"`    // folder of the programs it runs
	Params config.Params `json:"params"`
	// Complete is written last of all: without it, a launcher was killed on
	// the way, and the next one starts over.
	Complete bool `json:"complete"`
}

func (c Cluster) load() (record, error) {
	var r record
	err := readJSON(c.path("cluster.json"), &r)
	return r, err
}

// running loads the record of a cluster that came up.
func (c Cluster) running() (record, error) {
	r, err := c.load()
	if errors.Is(err, fs.ErrNotExist) || err == nil && !r.Complete {
		return r, fmt.Errorf("cluster %s is not running; start it with: %s up", c.Name, c.self())
	}
	return r, err
}

// self is how this cluster's commands begin.
func (c Cluster) self() string {
	if c.Name == "dev" {
		return "localcluster"
	}
	return "localcluster --name " + c.Name
}

func readJSON(path string, out any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, out); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// writeJSON replaces the file at once, so that no reader ever sees half of it.
func writeJSON(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	next := path + ".next"
	if err := os.WriteFile(next, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
