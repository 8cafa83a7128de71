package validate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// kept are the kinds of objects that explain a failure. Secrets are not among them.
var kept = []schema.GroupVersionResource{
	{Group: "apps", Version: "v1", Resource: "deployments"},
	{Group: "apps", Version: "v1", Resource: "replicasets"},
	{Version: "v1", Resource: "pods"},
	{Version: "v1", Resource: "services"},
	{Version: "v1", Resource: "configmaps"},
	{Version: "v1", Resource: "events"},
	{Group: "discovery.k8s.io", Version: "v1", Resource: "endpointslices"},
	{Group: "networking.k8s.io", Version: "v1", Resource: "networkpolicies"},
}

// keptLogs is how much of a log is kept, in bytes.
const keptLogs = 1 << 20

// Keep writes into a folder what explains a failure: objects and events as YAML, current and previous logs of the chain's
// pods, and the probe's spans as Zipkin JSON. It keeps what it can, and names what it can't.
func Keep(ctx context.Context, dir string, c *kube.Cluster, r *Result) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var errs []error
	if len(r.Spans) > 0 {
		errs = append(errs, keepSpans(filepath.Join(dir, "trace.json"), r.Spans))
	}
	if r.Err != nil {
		return errors.Join(append(errs, fmt.Errorf("nothing more could be read: %w", r.Err))...)
	}
	for _, kind := range kept {
		errs = append(errs, keepObjects(ctx, filepath.Join(dir, kind.Resource+".yaml"), c, kind))
	}
	for _, w := range workloads(r.Snapshot) {
		for i := range w.Pods {
			errs = append(errs, keepLogsOf(ctx, dir, c, &w.Pods[i]))
		}
	}
	return errors.Join(errs...)
}

func keepSpans(path string, spans []zipkin.Span) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(zipkin.Encode(f, spans), f.Close())
}

func keepObjects(ctx context.Context, path string, c *kube.Cluster, kind schema.GroupVersionResource) error {
	data, err := c.Client.JSON(kind, c.Namespace).DoRaw(ctx)
	if err != nil {
		return kube.Classify(err)
	}
	text, err := yaml.JSONToYAML(data)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(sanitise.Text(string(text))), 0o644)
}

// keepLogsOf keeps the logs of a pod's containers that have begun, and of those before a restart.
func keepLogsOf(ctx context.Context, dir string, c *kube.Cluster, pod *state.Pod) error {
	var errs []error
	for i := range pod.Containers {
		k := &pod.Containers[i]
		name := strings.ReplaceAll(pod.Name, string(filepath.Separator), "_")
		if len(pod.Containers) > 1 {
			name += "." + k.Name
		}
		if k.State != "" && k.State != "waiting" {
			errs = append(errs, keepLog(ctx, filepath.Join(dir, name+".log"), c, pod.Name, k.Name, false))
		}
		if k.Restarts > 0 {
			errs = append(errs, keepLog(ctx, filepath.Join(dir, name+".previous.log"), c, pod.Name, k.Name, true))
		}
	}
	return errors.Join(errs...)
}

func keepLog(ctx context.Context, path string, c *kube.Cluster, pod, container string, previous bool) error {
	limit := int64(keptLogs)
	data, err := c.Client.Logs(c.Namespace, pod, &corev1.PodLogOptions{
		Container: container, Previous: previous, Timestamps: true, LimitBytes: &limit,
	}).DoRaw(ctx)
	if err != nil {
		return fmt.Errorf("the log of container %s of pod %s: %w", container, pod, kube.Classify(err))
	}
	return os.WriteFile(path, []byte(sanitise.Text(string(data))), 0o644)
}
