package kube

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// NoContext is a context that the kubeconfig lacks, or no configuration at all when Context is empty.
type NoContext struct {
	Context string
	Known   []string // the contexts there are, by name
}

func (e *NoContext) Error() string {
	switch {
	case e.Context == "" && len(e.Known) == 0:
		return "no cluster is configured: there is no kubeconfig; name one with --kubeconfig or $KUBECONFIG"
	case e.Context == "":
		return "the kubeconfig has no current context: choose one with --context: " + strings.Join(e.Known, ", ")
	case len(e.Known) == 0:
		return fmt.Sprintf("no context %q: there is no kubeconfig, or it has none; name one with --kubeconfig or $KUBECONFIG", e.Context)
	}
	return fmt.Sprintf("no context %q in the kubeconfig: it has %s", e.Context, strings.Join(e.Known, ", "))
}

// Unreachable is an API server that gave no answer, or only that it can't serve now.
type Unreachable struct{ Err error }

func (e *Unreachable) Error() string {
	return "the API server can't be reached: " + sanitise.Line(reach(e.Err))
}

// Unwrap is the cause.
func (e *Unreachable) Unwrap() error { return e.Err }

// reach says why in few words: the URL of a request is noise when no request gets through.
func reach(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer in time"
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Addr != nil { // the local port says nothing to anyone
		return fmt.Sprintf("%s: %v", op.Addr, op.Err)
	}
	return err.Error()
}

// Unauthorized is a user that the API server does not know, or no longer: expired or wrong credentials, or none at all.
type Unauthorized struct {
	Plugin bool // the kubeconfig's credential plugin gave none: it may have to ask
	Err    error
}

// The words before the reason why a credential plugin gave nothing (client-go, plugin/pkg/client/auth/exec).
const noCredentials = "getting credentials: "

func (e *Unauthorized) Error() string {
	if _, why, ok := strings.Cut(e.Err.Error(), noCredentials); ok && e.Plugin {
		return "the kubeconfig's credential plugin gives no credentials: " +
			sanitise.Line(strings.TrimPrefix(why, "exec plugin cannot support interactive mode: "))
	}
	return "the API server does not accept your credentials: " + sanitise.Line(e.Err.Error()) + "; log in again, or choose another context"
}

// Unwrap is the cause.
func (e *Unauthorized) Unwrap() error { return e.Err }

// Untrusted is a server whose certificate the kubeconfig's authority did not sign.
type Untrusted struct{ Err error }

func (e *Untrusted) Error() string {
	return "the API server's certificate is not to be trusted: " + sanitise.Line(reach(e.Err)) + "; is the kubeconfig of an older cluster?"
}

// Unwrap is the cause.
func (e *Untrusted) Unwrap() error { return e.Err }

// Forbidden is a right that the user lacks.
type Forbidden struct {
	User      string // as the API server calls it; empty when it did not say
	Verb      string // such as list
	Resource  string // such as pods or deployments.apps
	Name      string // empty for all
	Namespace string // empty for the whole cluster
	Err       error
}

func (e *Forbidden) Error() string {
	var b strings.Builder
	if e.Verb == "" {
		return "forbidden: " + sanitise.Line(e.Err.Error())
	}
	fmt.Fprintf(&b, "you may not %s %s", e.Verb, e.Resource)
	if e.Name != "" {
		fmt.Fprintf(&b, " %q", e.Name)
	}
	if e.Namespace != "" {
		fmt.Fprintf(&b, " in namespace %s", e.Namespace)
	}
	if e.User != "" {
		fmt.Fprintf(&b, " as %s", e.User)
	}
	return sanitise.Line(b.String())
}

// Unwrap is the cause.
func (e *Forbidden) Unwrap() error { return e.Err }

// Conflict is a field that another manager owns.
type Conflict struct {
	Managers []string // who owns it, by name; empty when someone changed the object in between
	Fields   []string
	Err      error
}

func (e *Conflict) Error() string {
	if len(e.Managers) == 0 {
		return sanitise.Line(e.Err.Error())
	}
	return e.Whose() + "; --force-conflicts takes it over"
}

// Whose says who owns what, where Managers are known. The API server does not name the object.
func (e *Conflict) Whose() string {
	return sanitise.Line("also managed by " + strings.Join(e.Managers, ", ") + ": " + strings.Join(e.Fields, ", "))
}

// Unwrap is the cause.
func (e *Conflict) Unwrap() error { return e.Err }

// Cause is what refused a change.
type Cause string

// The causes of a refusal.
const (
	Quota       Cause = "quota"
	PodSecurity Cause = "Pod Security"
	Admission   Cause = "admission"
	Invalid     Cause = "validation"
)

// Refused is a change that the API server did not take.
type Refused struct {
	Cause   Cause
	Message string // one line
	Err     error
}

func (e *Refused) Error() string { return fmt.Sprintf("refused by %s: %s", e.Cause, e.Message) }

// Unwrap is the cause.
func (e *Refused) Unwrap() error { return e.Err }
