package zipkin

import (
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

func (c *API) where(path string, q url.Values) string { return c.url(path, q).Redacted() }

func (c *API) url(path string, q url.Values) *url.URL {
	u := *c.base
	u.Path += path
	u.RawQuery = q.Encode()
	return &u
}

// do returns a 2xx answer, whose body the caller closes; any other is a *StatusError.
func (c *API) do(ctx context.Context, path string, q url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url(path, q).String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
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

func get[T any](ctx context.Context, c *API, path string, q url.Values) (out T, err error) {
	answer, err := c.do(ctx, path, q)
	if err != nil {
		return out, err
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(answer.Body, smallBody+1))
	switch {
	case err != nil:
	case len(b) > smallBody:
		err = fmt.Errorf("the answer of %s is longer than %d bytes", c.where(path, q), smallBody)
	case json.Unmarshal(b, &out) != nil:
		err = &StatusError{Status: http.StatusOK, Body: snippet(b), URL: c.where(path, q)}
	}
	return out, err
}
