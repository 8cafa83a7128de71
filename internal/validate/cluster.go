package validate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// OfCluster are the sources of a real cluster: everything but Drift and Trace, which the caller adds.
func OfCluster(c *kube.Cluster, w Watcher) Sources {
	return Sources{
		Watch:  w,
		Rights: func(ctx context.Context) ([]Right, string, error) { return askRights(ctx, c) },
		Send:   func(ctx context.Context, p Probe, service string) Probe { return send(ctx, c, p, service) },
		Load:   func(ctx context.Context) (chain.LoadState, error) { return loadState(ctx, c) },
		Previous: func(ctx context.Context, pod, container string, n int) ([]string, error) {
			return previous(ctx, c, pod, container, n)
		},
		NoTrace: "no collector can be asked",
	}
}

// askTimeout bounds a small request.
const askTimeout = 10 * time.Second

func askRights(ctx context.Context, c *kube.Cluster) (rights []Right, who string, err error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	rights = NeededRights()
	asked := make([]kube.Right, len(rights))
	for i := range rights {
		asked[i] = rights[i].Right
	}
	missing, err := c.Missing(ctx, asked)
	for i := range rights {
		rights[i].Allowed = !slices.Contains(missing, asked[i])
	}
	if err == nil {
		who, _ = c.WhoAmI(ctx) // only told
	}
	return rights, who, err
}

// bodyLimit bounds what is read of an answer.
const bodyLimit = 64 << 10

func send(ctx context.Context, c *kube.Cluster, p Probe, service string) Probe {
	client, base := c.ServiceProxy(service, chain.ServicePort)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/"+strings.TrimPrefix(p.Path, "/"), nil)
	if err != nil {
		p.Err = err
		return p
	}
	maps.Copy(request.Header, p.Header)
	request.Header.Set("X-B3-TraceId", p.TraceID)
	request.Header.Set("X-B3-SpanId", p.SpanID)
	request.Header.Set("X-B3-Sampled", "1")
	request.Header.Set("traceparent", "00-"+p.TraceID+"-"+p.SpanID+"-01")
	p.Started = time.Now()
	answer, err := client.Do(request)
	if err != nil {
		p.Took = time.Since(p.Started)
		p.Err = unanswered(ctx, err, p.Took)
		return p
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
	p.Took, p.Status, p.Body = time.Since(p.Started), answer.StatusCode, message(body)
	if err != nil {
		p.Err = unanswered(ctx, err, p.Took)
	}
	return p
}

// unanswered is why a request through the API server got no answer. Where the time was up, it was more likely what was
// asked that was slow.
func unanswered(ctx context.Context, err error, took time.Duration) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return late(took)
	}
	return kube.Classify(err)
}

// late is an answer that did not come in the time there was.
type late time.Duration

func (l late) Error() string {
	return fmt.Sprintf("nothing came within %v", time.Duration(l).Round(100*time.Millisecond))
}

func (late) Unwrap() error { return context.DeadlineExceeded }

// message is the text of a link's answer, {"message": …}, or of the API server's own; else the body as it is.
func message(body []byte) string {
	var answer struct{ Message string }
	if json.Unmarshal(body, &answer) == nil && answer.Message != "" {
		return answer.Message
	}
	return string(body)
}

func loadState(ctx context.Context, c *kube.Cluster) (chain.LoadState, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	var s chain.LoadState
	client, base := c.ServiceProxy(chain.LoadGenerator, chain.ServicePort)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/state", nil)
	if err != nil {
		return s, err
	}
	began := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return s, unanswered(ctx, err, time.Since(began))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
	if err != nil {
		return s, unanswered(ctx, err, time.Since(began))
	}
	if answer.StatusCode != http.StatusOK {
		return s, fmt.Errorf("HTTP %d: %s", answer.StatusCode, short(message(body)))
	}
	return s, json.Unmarshal(body, &s)
}

// previous reads the log of the container that ended last: of the one before a restart, or of one that is not restarted.
func previous(ctx context.Context, c *kube.Cluster, pod, container string, n int) ([]string, error) {
	lines := int64(n)
	limit := int64(bodyLimit)
	for _, before := range []bool{true, false} {
		data, err := c.Client.Logs(c.Namespace, pod, &corev1.PodLogOptions{
			Container: container, Previous: before, TailLines: &lines, LimitBytes: &limit,
		}).DoRaw(ctx)
		if err == nil {
			return strings.Split(strings.TrimRight(string(bytes.ToValidUTF8(data, nil)), "\n"), "\n"), nil
		}
		if !before {
			return nil, kube.Classify(err)
		}
	}
	return nil, nil
}
