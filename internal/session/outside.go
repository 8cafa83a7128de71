package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/kube"
)

// outside carries requests to a collector that is no part of the chain. Links find it by the cluster's DNS, which this
// machine seldom asks: what may be the name of a Service is then asked for through the API server.
type outside struct {
	cluster *kube.Cluster
	inside  atomic.Bool // the API server's way is the one that worked
}

// RoundTrip tries both ways, first the one that is likelier to work, and stays with what did.
func (o *outside) RoundTrip(r *http.Request) (*http.Response, error) {
	service, namespace := serviceOf(r.URL.Hostname(), o.cluster.Namespace)
	if service == "" || r.Body != nil {
		res, err := direct(r)
		return res, advised(err)
	}
	through := func(r *http.Request) (*http.Response, error) { return o.through(r, service, namespace) }
	ways := [2]func(*http.Request) (*http.Response, error){direct, through}
	inside := o.inside.Load() || strings.Contains(r.URL.Hostname(), ".svc")
	if inside {
		ways[0], ways[1] = through, direct
	}
	res, err := ways[0](r)
	if !noWay(err) {
		return res, err
	}
	res, other := ways[1](r)
	if !noWay(other) {
		o.inside.Store(!inside)
		return res, other
	}
	return nil, advised(fmt.Errorf("%w; %w", err, other))
}

// direct is the way that any program takes.
func direct(r *http.Request) (*http.Response, error) { return http.DefaultTransport.RoundTrip(r) }

// through is the API server's way to a Service.
func (o *outside) through(r *http.Request, service, namespace string) (*http.Response, error) {
	port, scheme := 80, ""
	if r.URL.Scheme == "https" {
		port, scheme = 443, "https:"
	}
	if p, err := strconv.Atoi(r.URL.Port()); err == nil {
		port = p
	}
	again, transport, err := proxied(r, o.cluster.In(namespace), scheme+service, port)
	if err != nil {
		return nil, err
	}
	res, err := transport.RoundTrip(again)
	if err != nil {
		return nil, err
	}
	return res, refused(res)
}

// refusal is an answer of the API server itself: there is no such Service, or no right to reach it.
type refusal struct{ message string }

func (r refusal) Error() string { return "the API server says: " + r.message }

// refused tells such an answer from one of the collector, whose body stays to be read.
func refused(res *http.Response) error {
	if res.StatusCode != http.StatusForbidden && res.StatusCode != http.StatusNotFound {
		return nil
	}
	const enough = 64 << 10
	body, err := io.ReadAll(io.LimitReader(res.Body, enough))
	if err != nil {
		return err
	}
	var status metav1.Status
	if json.Unmarshal(body, &status) == nil && status.Kind == "Status" {
		_ = res.Body.Close()
		return refusal{status.Message}
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), res.Body), res.Body}
	return nil
}

// noWay tells whether an error is none of the collector: it was not reached.
func noWay(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	_, no := errors.AsType[refusal](err)
	return no || ok && dial.Op == "dial"
}

// advised says what to do about a collector that is not reached.
func advised(err error) error {
	if !noWay(err) {
		return err
	}
	return fmt.Errorf("%w; if only the cluster reaches it, --zipkin-url names it as this machine does", err)
}

// serviceOf is the Service that a host name means to a pod of a namespace, as Kubernetes's DNS specification has it:
// NAME, NAME.NAMESPACE, or those with .svc and the cluster's domain. It is empty for what can be none.
func serviceOf(host, own string) (name, namespace string) {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	switch {
	case net.ParseIP(host) != nil || host == "localhost":
	case len(labels) == 1:
		return labels[0], own
	case len(labels) == 2 || labels[2] == "svc":
		return labels[0], labels[1]
	}
	return "", ""
}
