package zipkin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// API asks a Zipkin-compatible server. It is safe for use by several goroutines; time is bounded by the contexts given.
type API struct {
	base   *url.URL
	http   *http.Client
	limits Limits
}

// NewAPI makes a client of the server whose API begins at base + "/api/v2": "http://zipkin:9411", or a path behind which a
// proxy puts it, such as the API server's ".../services/http:zipkin:9411/proxy". transport carries the requests, and redirects are
// not followed then (nil for Go's default one); limits bound the answers.
func NewAPI(base string, transport http.RoundTripper, limits Limits) (*API, error) {
	if !strings.Contains(base, "://") {
		base = "http://" + base
	}
	u, err := url.Parse(base)
	switch {
	case err != nil: // without the URL itself, which may hold a password
		return nil, fmt.Errorf("the Zipkin URL can't be read: %w; use http://HOST:PORT", errors.Unwrap(err))
	case u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the Zipkin URL %q is none: use http://HOST:PORT", u.Redacted())
	}
	u.Path = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/api/v2")
	u.RawPath, u.RawQuery, u.Fragment = "", "", ""
	client := &http.Client{Transport: transport}
	if transport != nil {
		client.CheckRedirect = stay
	}
	return &API{base: u, http: client, limits: limits.orDefaults()}, nil
}

// stay follows no redirect: a transport of the caller's may carry credentials, which are meant for one server.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Services lists the names of services that reported spans, sorted.
func (c *API) Services(ctx context.Context) ([]string, error) {
	return get[[]string](ctx, c, "/api/v2/services", nil)
}

// Spans lists the names of a service's spans, sorted.
func (c *API) Spans(ctx context.Context, service string) ([]string, error) {
	return get[[]string](ctx, c, "/api/v2/spans", url.Values{"serviceName": {service}})
}

// RemoteServices lists the names of services that a service called or was called by, sorted.
func (c *API) RemoteServices(ctx context.Context, service string) ([]string, error) {
	return get[[]string](ctx, c, "/api/v2/remoteServices", url.Values{"serviceName": {service}})
}

// Link is a dependency as the server counted it.
type Link struct {
	Parent     string `json:"parent"`
	Child      string `json:"child"`
	CallCount  int64  `json:"callCount"`
	ErrorCount int64  `json:"errorCount,omitempty"`
}

// Dependencies lists who called whom in the window that ends at q.End (which the server demands) and is q.Lookback long.
func (c *API) Dependencies(ctx context.Context, q Query) ([]Link, error) {
	return get[[]Link](ctx, c, "/api/v2/dependencies", Query{End: q.End, Lookback: q.Lookback}.Values())
}

// Health is what a server says of itself.
type Health struct {
	Up     bool   // whether it calls itself up
	Status string // the word it used, such as "UP"
}

const (
	healthPath = "/health"
	postPath   = "/api/v2/spans"
)

// Health asks whether the server can do its work. A server that answers that it can't (503) is no error here.
func (c *API) Health(ctx context.Context) (Health, error) {
	var answer struct{ Status string }
	body, err := c.small(ctx, http.MethodGet, healthPath, nil, nil)
	var status *StatusError
	if errors.As(err, &status) && status.Status == http.StatusServiceUnavailable {
		body, err = []byte(status.raw), nil
	}
	if err != nil {
		return Health{}, err
	}
	if json.Unmarshal(body, &answer) != nil || answer.Status == "" {
		return Health{}, &StatusError{Status: http.StatusOK, Body: snippet(body), URL: c.where(healthPath, nil)}
	}
	return Health{Up: strings.EqualFold(answer.Status, "UP"), Status: snippet([]byte(answer.Status))}, nil
}

// Post sends spans. The server says 202 before it stores them: they can be found a little later.
func (c *API) Post(ctx context.Context, spans []Span) error {
	var body bytes.Buffer
	if err := Encode(&body, spans); err != nil {
		return err
	}
	_, err := c.small(ctx, http.MethodPost, postPath, nil, &body)
	return err
}

// underUI is where the server puts its user interface and, once more, what is read of its API: a URL copied from a browser
// ends in it. Health and POST are beside it only.
const underUI = "/zipkin"

func (c *API) where(path string, q url.Values) string { return c.url(path, q).Redacted() }

func (c *API) url(path string, q url.Values) *url.URL {
	u := *c.base
	if path == healthPath || path == postPath && q == nil { // GET /spans always has a query
		u.Path = strings.TrimSuffix(u.Path, underUI)
	}
	u.Path += path
	u.RawQuery = q.Encode()
	return &u
}

// do sends a request and returns a 2xx answer, whose body the caller closes; any other is a *StatusError.
func (c *API) do(ctx context.Context, method, path string, q url.Values, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.url(path, q).String(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode/100 == 2 {
		return res, nil
	}
	defer func() { _ = res.Body.Close() }()
	return nil, statusError(res, c.where(path, q))
}

// smallBody bounds answers that are lists of names or links.
const smallBody = 16 << 20

func (c *API) small(ctx context.Context, method, path string, q url.Values, body io.Reader) ([]byte, error) {
	answer, err := c.do(ctx, method, path, q, body)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(answer.Body, smallBody+1))
	if err == nil && len(b) > smallBody {
		err = fmt.Errorf("the answer of %s is longer than %d bytes", c.where(path, q), smallBody)
	}
	return b, err
}

func get[T any](ctx context.Context, c *API, path string, q url.Values) (T, error) {
	var out T
	b, err := c.small(ctx, http.MethodGet, path, q, nil)
	if err == nil && json.Unmarshal(b, &out) != nil {
		err = &StatusError{Status: http.StatusOK, Body: snippet(b), URL: c.where(path, q)}
	}
	return out, err
}
