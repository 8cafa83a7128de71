package kube

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/transport/spdy"
	"k8s.io/streaming/pkg/httpstream"
)

// tunnel is a connection to one pod through the API server and its kubelet. It carries several streams.
type tunnel struct {
	connection httpstream.Connection
	requests   atomic.Int64
}

type stream = httpstream.Stream

// dig opens a tunnel: over a WebSocket, or of a server that has none (before 1.31) or behind a proxy that passes none
// over SPDY, as kubectl does.
func (c *Cluster) dig(ctx context.Context, pod string) (*tunnel, error) {
	dialer, err := c.dialerTo(pod)
	if err != nil {
		return nil, err
	}
	type result struct {
		connection httpstream.Connection
		err        error
	}
	done := make(chan result)
	go func() { // Dial takes no context
		connection, _, err := dialer.Dial(portforward.PortForwardProtocolV1Name)
		select {
		case done <- result{connection, err}:
		case <-ctx.Done():
			if err == nil {
				_ = connection.Close()
			}
		}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		if r.err != nil {
			return nil, r.err
		}
		return &tunnel{connection: r.connection}, nil
	}
}

func (c *Cluster) dialerTo(pod string) (httpstream.Dialer, error) {
	text, err := c.URL("api/v1/namespaces", c.Namespace, "pods", pod, "portforward")
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	transport, upgrader, err := spdy.RoundTripperFor(c.Config)
	if err != nil {
		return nil, err
	}
	overSPDY := spdy.NewDialerForStreaming(upgrader, &http.Client{Transport: transport}, http.MethodPost, target)
	overWebSocket, err := portforward.NewSPDYOverWebsocketDialerForStreaming(target, c.Config)
	if err != nil {
		return nil, err
	}
	return portforward.NewFallbackDialerForStreaming(overWebSocket, overSPDY, func(err error) bool {
		return httpstream.IsUpgradeFailure(err) || httpstream.IsHTTPSProxyError(err)
	}), nil
}

func (t *tunnel) alive() bool {
	select {
	case <-t.connection.CloseChan():
		return false
	default:
		return true
	}
}

// streams opens the two streams of one connection to the pod's port: its data, and on the other the kubelet's word when
// that fails (kubelet, portforward protocol v1).
func (t *tunnel) streams(port int) (data, failure stream, err error) {
	headers := http.Header{}
	headers.Set(corev1.StreamType, corev1.StreamTypeError)
	headers.Set(corev1.PortHeader, strconv.Itoa(port))
	headers.Set(corev1.PortForwardRequestIDHeader, strconv.FormatInt(t.requests.Add(1), 10))
	if failure, err = t.connection.CreateStream(headers); err != nil {
		return nil, nil, err
	}
	_ = failure.Close() // we only read it
	headers.Set(corev1.StreamType, corev1.StreamTypeData)
	if data, err = t.connection.CreateStream(headers); err != nil {
		_ = failure.Reset()
		return nil, nil, err
	}
	return data, failure, nil
}
