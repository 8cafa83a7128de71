package kube

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Classify tells what an error of the API server or of the way to it means: *Unreachable, *Unauthorized, *Untrusted,
// *Forbidden, *Conflict or *Refused. Any other error (nil, cancelled, not found, already exists) comes back as it is.
func Classify(err error) error {
	if err == nil || classified(err) || errors.Is(err, context.Canceled) {
		return err
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return ofStatus(err, status.Status())
	}
	var (
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	if errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) {
		return &Untrusted{Err: err}
	}
	if strings.Contains(err.Error(), noCredentials) {
		return &Unauthorized{Plugin: true, Err: err}
	}
	_, isURL := errors.AsType[*url.Error](err)
	_, isNet := errors.AsType[net.Error](err)
	if isURL || isNet || errors.Is(err, context.DeadlineExceeded) {
		return &Unreachable{Err: err}
	}
	return err
}

func classified(err error) bool {
	for _, match := range []func(error) bool{
		Is[*Unreachable], Is[*Unauthorized], Is[*Untrusted], Is[*Forbidden], Is[*Conflict], Is[*Refused], Is[*NoContext], Is[*BadConfig],
	} {
		if match(err) {
			return true
		}
	}
	return false
}

// Is tells whether err is of type E, or wraps one that is.
func Is[E error](err error) bool { _, ok := errors.AsType[E](err); return ok }

// ofStatus classifies an answer of the API server.
func ofStatus(err error, s metav1.Status) error {
	refused := func(c Cause) error { return &Refused{Cause: c, Message: sanitise.Line(s.Message), Err: err} }
	switch {
	case s.Code == http.StatusUnauthorized:
		return &Unauthorized{Err: err}
	case strings.Contains(s.Message, "admission webhook") && strings.Contains(s.Message, "denied"),
		strings.Contains(s.Message, "ValidatingAdmissionPolicy"):
		return refused(Admission)
	case s.Code == http.StatusForbidden:
		if f, ok := parseForbidden(s.Message); ok {
			f.Err = err
			return f
		}
		switch {
		case strings.Contains(s.Message, "violates PodSecurity"):
			return refused(PodSecurity)
		case strings.Contains(s.Message, "quota"):
			return refused(Quota)
		case s.Details != nil && s.Details.Kind != "":
			return refused(Admission)
		}
		return &Forbidden{Err: err}
	case s.Code == http.StatusConflict && s.Reason != metav1.StatusReasonAlreadyExists:
		return conflict(err, s)
	case s.Code == http.StatusUnprocessableEntity, s.Code == http.StatusBadRequest:
		return refused(Invalid)
	case s.Code == http.StatusBadGateway, s.Code == http.StatusServiceUnavailable, s.Code == http.StatusGatewayTimeout:
		return &Unreachable{Err: err}
	}
	return err
}
