package kube

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Quiet sends what Kubernetes's client library would write on the terminal to the logger instead: klog, errors and
// panics of its goroutines, and the API server's warnings of clients that Connect did not make. A program that draws on
// the terminal calls it once, before it connects. What credential plugins write goes to os.Stderr as it is when Connect
// is called.
func Quiet(log *slog.Logger) {
	klog.SetSlogLogger(log)
	utilruntime.ErrorHandlers = []utilruntime.ErrorHandler{
		func(_ context.Context, err error, msg string, args ...any) {
			log.Warn(msg, append([]any{"err", err}, args...)...)
		},
	}
	utilruntime.PanicHandlers = []func(context.Context, any){
		func(_ context.Context, r any) {
			log.Error("panic in the client library", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		},
	}
	utilruntime.ReallyCrash = false // the terminal would be left as it is; whoever started the goroutine goes on without
	rest.SetDefaultWarningHandler(rest.NoWarnings{})
}

// warn hands the API server's warnings on.
type warn func(text string)

// HandleWarningHeader is called by client-go; 299 is the only code that RFC 7234 leaves for it.
func (w warn) HandleWarningHeader(code int, _, text string) {
	if code == 299 && text != "" {
		w(sanitise.Line(text))
	}
}

func warnings(f func(string)) rest.WarningHandler {
	if f == nil {
		return rest.NoWarnings{}
	}
	return warn(f)
}
