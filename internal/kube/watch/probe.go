package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/kube"
)

// prober asks the API server whether it is ready.
type prober struct {
	cluster *kube.Cluster
	fresh   *http.Client // of connections of its own; nil until needed
	hangUp  func()       // closes them
	silent  bool         // the last question on the shared connection had no answer in time
	unready time.Time    // since when it answers that it is not ready; zero when it does not
}

// probe asks once. After a silence it asks on a new connection; when that is answered and the shared one still is not,
// the shared one is dead (a network that was cut and is back), and is closed.
func (p *prober) probe(ctx context.Context, timeout time.Duration) error {
	if p.silent {
		if err := p.askFresh(ctx, timeout); err != nil {
			return err
		}
		p.silent = false
		if err := p.ask(ctx, p.cluster.HTTP, timeout); isSilence(err) {
			p.cluster.Disconnect()
		}
		return nil
	}
	err := p.ask(ctx, p.cluster.HTTP, timeout)
	p.silent = isSilence(err)
	return err
}

func isSilence(err error) bool { return errors.Is(err, context.DeadlineExceeded) }

func (p *prober) askFresh(ctx context.Context, timeout time.Duration) error {
	if p.fresh == nil {
		fresh, hangUp, err := p.cluster.Fresh()
		if err != nil {
			return &kube.Unreachable{Err: err}
		}
		p.fresh, p.hangUp = fresh, hangUp
	}
	defer p.hangUp()
	return p.ask(ctx, p.fresh, timeout)
}

// ask sends the question. Whoever may not ask it is answered all the same.
func (p *prober) ask(ctx context.Context, client *http.Client, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	url, err := p.cluster.URL("readyz")
	if err != nil {
		return &kube.Unreachable{Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return &kube.Unreachable{Err: err}
	}
	answer, err := client.Do(request)
	if err != nil {
		return kube.Classify(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(answer.Body, 4096))
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return &kube.Unauthorized{Err: errors.New(answer.Status)}
	case answer.StatusCode < 500:
		p.unready = time.Time{}
		return nil
	}
	if p.unready.IsZero() {
		p.unready = time.Now()
	}
	if time.Since(p.unready) > unready && answer.StatusCode == http.StatusInternalServerError {
		return nil // one of its checks fails, and goes on failing: what it serves will show
	}
	return &kube.Unreachable{Err: fmt.Errorf("%w (%s%s)", errUnready, answer.Status, firstFailed(string(body)))}
}

// firstFailed is the first check that /readyz names as failed.
func firstFailed(body string) string {
	for line := range strings.Lines(body) {
		if rest, ok := strings.CutPrefix(line, "[-]"); ok {
			return ": " + strings.TrimSpace(rest)
		}
	}
	return ""
}

func (p *prober) close() {
	if p.hangUp != nil {
		p.hangUp()
	}
}
