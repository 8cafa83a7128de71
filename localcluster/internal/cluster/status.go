//go:build linux

package cluster

import (
	"context"
	"strings"

	"github.com/chaintui/chaintui/localcluster/internal/api"
	"github.com/chaintui/chaintui/localcluster/internal/config"
)

// Status is how a cluster is, as far as can be seen now.
type Status struct {
	Server     string // URL of the API server
	Components []ComponentStatus
	Node       string // "Ready", or why not
	Up         bool   // every component runs and the node is ready
}

// ComponentStatus is one daemon's state: running, paused, stopped (on request)
// or dead.
type ComponentStatus struct {
	Name, State, Log string
	PID              int // 0 when it doesn't run
}

// Status looks at the processes and asks the API server for the node.
func (c Cluster) Status(ctx context.Context) (Status, error) {
	r, err := c.running()
	if err != nil {
		return Status{}, err
	}
	status := Status{Server: r.Server, Up: true}
	names := []string{gateway}
	for _, each := range config.Components(r.Params) {
		names = append(names, each.Name)
	}
	for _, name := range names {
		component := c.componentStatus(name)
		status.Up = status.Up && component.State == "running"
		status.Components = append(status.Components, component)
	}
	client, err := c.client(r)
	if err != nil {
		return Status{}, err
	}
	defer client.Close()
	if status.Node, err = nodeStatus(ctx, client, r.Params.Name); err != nil {
		status.Node = "unknown: " + printable(err.Error())
	}
	status.Up = status.Up && status.Node == "Ready"
	return status, nil
}

func (c Cluster) componentStatus(name string) ComponentStatus {
	status := ComponentStatus{Name: name, State: "dead", Log: c.Log(name)}
	d, err := c.daemon(name)
	switch {
	case err != nil:
	case d.State() == 'T':
		status.State, status.PID = "paused", d.PID
	case d.Alive():
		status.State, status.PID = "running", d.PID
	case d.Stopped:
		status.State = "stopped"
	}
	return status
}

// nodeStatus is "Ready" for a node that takes pods.
func nodeStatus(ctx context.Context, client *api.Client, name string) (string, error) {
	var node struct {
		Spec struct {
			Taints []struct{ Key, Effect string }
		}
		Status struct {
			Conditions []struct{ Type, Status, Message string }
		}
	}
	if err := client.Get(ctx, "/api/v1/nodes/"+name, &node); err != nil {
		return "", err
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == "Ready" && condition.Status != "True" {
			return "not ready: " + printable(condition.Message), nil
		}
	}
	var taints []string
	for _, taint := range node.Spec.Taints {
		if taint.Effect != "PreferNoSchedule" {
			taints = append(taints, taint.Key)
		}
	}
	if len(taints) > 0 {
		return "tainted: " + strings.Join(taints, ", "), nil
	}
	if len(node.Status.Conditions) == 0 {
		return "not ready: it has not reported yet", nil
	}
	return "Ready", nil
}
