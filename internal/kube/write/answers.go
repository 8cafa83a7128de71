package write

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// verdict is what a pod's /state tells.
type verdict int

// The verdicts.
const (
	old    verdict = iota // not loaded yet, or no answer
	loaded                // it shows one of the digests
	gone                  // the pod is no more
	unable                // it has no /state: it can't load anything while it runs
	hidden                // the user may not ask
)

// ask reads the pods' /state through the API server.
func (w *Writer) ask(ctx context.Context, pods []pod, digests map[string]bool) []verdict {
	verdicts := make([]verdict, len(pods))
	var group sync.WaitGroup
	slots := make(chan struct{}, workers)
	for i, p := range pods {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
			defer cancel()
			data, err := raw(w.cluster.Client.Core().Get().Namespace(w.namespace).Resource("pods").
				Name(p.name + ":" + strconv.Itoa(chain.LinkPort)).SubResource("proxy").Suffix("state").MaxRetries(0).Do(ctx))
			verdicts[i] = judge(data, err, digests)
		})
	}
	group.Wait()
	return verdicts
}

// judge reads the answer of a pod's /state. A link's and the load generator's both name the configuration in force.
func judge(data []byte, err error, digests map[string]bool) verdict {
	if err != nil {
		_, denied := errors.AsType[*kube.Forbidden](kube.Classify(err))
		switch {
		case denied:
			return hidden
		case !apierrors.IsNotFound(err) && !apierrors.IsMethodNotSupported(err):
			return old
		case apierrors.HasStatusCause(err, metav1.CauseTypeUnexpectedServerResponse):
			return unable // the pod itself said 404
		}
		return gone
	}
	var s struct{ Config *string }
	if json.Unmarshal(data, &s) != nil || s.Config == nil {
		return unable
	}
	if digests[*s.Config] {
		return loaded
	}
	return old
}
