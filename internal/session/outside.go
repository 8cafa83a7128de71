package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/chaintui/chaintui/internal/kube"
)

// outside carries requests to a collector that is no part of the chain. Links find it by the cluster's DNS, for which a
// name may be a Service's: then the API server is asked for that first, as for the chain's own collector, since what
// this machine's DNS has by that name may be something else.
type outside struct {
	cluster *kube.Cluster
	plain   http.RoundTripper // the direct way
	direct  atomic.Bool       // it answered well by that, and not by the API server's
}

// RoundTrip goes the way that worked last, and the other one when the collector is not reached by it. The direct way is
// kept to only while it answers well: what this machine knows by that name may be something else.
func (o *outside) RoundTrip(r *http.Request) (*http.Response, error) {
	service, namespace := serviceOf(r.URL.Hostname(), o.cluster.Namespace)
	if service == "" || r.Body != nil || r.Header.Get("Authorization") != "" { // what is in the URL is for the collector alone
		res, err := o.plain.RoundTrip(r)
		return res, advised(err)
	}
	through := func(r *http.Request) (*http.Response, error) { return o.through(r, service, namespace) }
	ways := [2]func(*http.Request) (*http.Response, error){through, o.plain.RoundTrip}
	if o.direct.Load() {
		ways[0], ways[1] = ways[1], ways[0]
	}
	res, err := ways[0](r)
	if !noWay(err) {
		o.direct.Store(o.direct.Load() && well(res, err))
		return res, err
	}
	o.direct.Store(false)
	res, other := ways[1](r)
	if !noWay(other) {
		o.direct.Store(refusedBy(err) && well(res, other))
		return res, other
	}
	return nil, advised(fmt.Errorf("%w; %w", err, other))
}

// through is the API server's way to a Service. Only what asks goes there: none of the request's own headers.
func (o *outside) through(r *http.Request, service, namespace string) (*http.Response, error) {
	port := 80
	if r.URL.Scheme == "https" {
		port, service = 443, "https:"+service
	}
	if p, err := strconv.Atoi(r.URL.Port()); err == nil {
		port = p
	}
	client, base := o.cluster.In(namespace).ServiceProxy(service, port)
	again, err := http.NewRequestWithContext(r.Context(), r.Method, base+r.URL.EscapedPath()+"?"+r.URL.RawQuery, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Transport.RoundTrip(again)
	if err != nil {
		return nil, err
	}
	if err := refused(res); err != nil {
		_ = res.Body.Close()
		return nil, err
	}
	return res, nil
}

// refusal is an answer of the API server itself: there is no such Service, no pod behind it, or no right to reach it.
type refusal struct{ message string }

func (r refusal) Error() string { return "the API server says: " + r.message }

// refused tells such an answer from one of the collector, whose body stays to be read.
func refused(res *http.Response) error {
	if res.StatusCode < 400 || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	const enough = 64 << 10
	body, err := io.ReadAll(io.LimitReader(res.Body, enough))
	if err != nil {
		return err
	}
	var status metav1.Status
	if json.Unmarshal(body, &status) == nil && status.Kind == "Status" {
		return refusal{status.Message}
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), res.Body), res.Body}
	return nil
}

// well tells whether an answer is one of a collector that works; that it has no such trace is one.
func well(res *http.Response, err error) bool {
	return err == nil && (res.StatusCode < 400 || res.StatusCode == http.StatusNotFound)
}

// refusedBy tells whether it was the API server's way that did not lead there.
func refusedBy(err error) bool {
	_, no := errors.AsType[refusal](err)
	return no
}

// noWay tells whether an error is none of the collector: it was not reached.
func noWay(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	return refusedBy(err) || ok && (dial.Op == "dial" || dial.Op == "proxyconnect")
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
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if _, err := netip.ParseAddr(host); err == nil || host == "localhost" {
		return "", ""
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if len(validation.IsDNS1123Label(label)) > 0 {
			return "", ""
		}
	}
	switch {
	case len(labels) == 1:
		return labels[0], own
	case len(labels) == 2 || labels[2] == "svc":
		return labels[0], labels[1]
	}
	return "", ""
}
