package main

import (
	"context"
	"errors"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/write"
)

// Exit codes. docs/cli.md explains them.
const (
	exitHealthy     = 0
	exitUnhealthy   = 1 // for diff: something differs
	exitUsage       = 2 // also configuration, and --read-only
	exitNoCluster   = 3 // never reached, or lost and not back in time, or a right is missing, or an error of the API server
	exitTimeout     = 4
	exitRefused     = 5 // by quota, Pod Security, admission, a conflict, or a newer release
	exitInterrupted = 130
)

// status ends the program with a code. Everything was said already.
type status int

func (status) Error() string { return "" }

// usage is a mistake in what the user typed or set.
type usage struct{ error }

func (u usage) Unwrap() error { return u.error }

// exit says what went wrong, and returns the code.
func (a *app) exit(err error) int {
	if err == nil {
		return exitHealthy
	}
	if text := err.Error(); text != "" {
		for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
			a.say("chaintui: %s", line)
		}
	}
	return exitCode(err)
}

// exitCode is the one place where errors become codes.
func exitCode(err error) int {
	var code status
	switch {
	case err == nil:
		return exitHealthy
	case is[interruption](err):
		return exitInterrupted
	case errors.As(err, &code):
		return int(code)
	case is[usage](err), errors.Is(err, write.ErrReadOnly):
		return exitUsage
	case is[*write.Superseded](err), is[*write.Foreign](err), errors.Is(err, write.ErrUnadopted), is[*write.Ending](err), is[*kube.Conflict](err), is[*kube.Refused](err):
		return exitRefused
	case is[*kube.Unreachable](err), is[*kube.Unauthorized](err), is[*kube.Untrusted](err), is[*kube.Forbidden](err),
		is[*kube.NoContext](err), is[*kube.BadConfig](err), is[noAccess](err):
		return exitNoCluster
	case errors.Is(err, context.DeadlineExceeded), is[*write.Unconfirmed](err):
		return exitTimeout
	case is[*write.Unready](err):
		return exitUnhealthy
	case errors.As(err, new(apierrors.APIStatus)): // of the API server, and none of those above
		return exitNoCluster
	}
	return exitUsage
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// noAccess is a cluster that can't be used, for a reason that has no type of its own.
type noAccess struct{ error }

func (n noAccess) Unwrap() error { return n.error }
