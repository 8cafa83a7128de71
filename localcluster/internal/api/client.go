// Package api is the little of a Kubernetes client that bringing a cluster up
// needs: a handful of requests, without the 400 packages of client-go.
package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

// Client talks to one API server.
type Client struct {
	server string
	http   *http.Client
}

// NewClient authenticates with a client certificate; ca is PEM, server a URL.
func NewClient(server string, ca []byte, pair pki.Pair) (*Client, error) {
	cert, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(ca) {
		return nil, errors.New("the cluster's authority is no certificate")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: roots, Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12,
	}}
	return &Client{server: server, http: &http.Client{Transport: transport, Timeout: 5 * time.Second}}, nil
}

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// StatusError is an answer that is no success.
type StatusError struct {
	Code    int
	Message string
}

func (e *StatusError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Message) }

// Get reads an object into out; a nil out only asks whether it is there.
func (c *Client) Get(ctx context.Context, path string, out any) error {
	return c.do(ctx, http.MethodGet, path, nil, out)
}

// Create posts an object to its collection; one that exists already is left as it is.
func (c *Client) Create(ctx context.Context, path string, object []byte) error {
	err := c.do(ctx, http.MethodPost, path, object, nil)
	var status *StatusError
	if errors.As(err, &status) && status.Code == http.StatusConflict {
		return nil
	}
	return err
}

func (c *Client) do(ctx context.Context, method, path string, body []byte, out any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.server+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 8<<20))
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %w", method, path, &StatusError{answer.StatusCode, strings.TrimSpace(string(text))})
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}
