package inspect

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

// probe is what a kubelet asks of a container, and how often.
func (p *page) probe(title string, probe *corev1.Probe) {
	if probe == nil {
		return
	}
	p.line(2, title+":", fmt.Sprintf("%s delay=%ds timeout=%ds period=%ds #success=%d #failure=%d", asked(&probe.ProbeHandler),
		probe.InitialDelaySeconds, probe.TimeoutSeconds, probe.PeriodSeconds, probe.SuccessThreshold, probe.FailureThreshold))
}

func asked(h *corev1.ProbeHandler) string {
	switch {
	case h.Exec != nil:
		return fmt.Sprintf("exec %v", h.Exec.Command)
	case h.HTTPGet != nil:
		u := url.URL{Scheme: strings.ToLower(string(h.HTTPGet.Scheme)), Host: h.HTTPGet.Host, Path: h.HTTPGet.Path}
		if port := h.HTTPGet.Port.String(); port != "" {
			u.Host = net.JoinHostPort(u.Host, port)
		}
		return "http-get " + u.String()
	case h.TCPSocket != nil:
		return fmt.Sprintf("tcp-socket %s:%s", h.TCPSocket.Host, h.TCPSocket.Port.String())
	case h.GRPC != nil:
		return fmt.Sprintf("grpc <pod>:%d %s", h.GRPC.Port, ptr.Deref(h.GRPC.Service, ""))
	}
	return "unknown"
}
