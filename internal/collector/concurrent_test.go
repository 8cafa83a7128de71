package collector

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
)

// TestManyAtOnce posts, searches and evicts from several goroutines, for the race detector, and counts at the end.
func TestManyAtOnce(t *testing.T) {
	s := New(Options{MaxSpans: 300})
	var group errgroup.Group
	for worker := range 4 {
		group.Go(func() error {
			for i := range 100 {
				body := strings.ReplaceAll("["+span+"]", "000000000000000a", fmt.Sprintf("%x", 1+worker*100+i))
				if w := ask(t, s.Handler(), "POST", "/api/v2/spans", body); w.Code != http.StatusAccepted {
					return fmt.Errorf("%d %s", w.Code, w.Body)
				}
				for _, path := range []string{"traces?endTs=2000&serviceName=link-0", "trace/1", "services", "dependencies?endTs=2000"} {
					if w := ask(t, s.Handler(), "GET", "/api/v2/"+path, ""); w.Code != http.StatusOK && w.Code != http.StatusNotFound {
						return fmt.Errorf("%s: %d %s", path, w.Code, w.Body)
					}
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if stats := s.store.Stats(); stats.Spans != 300 || stats.EvictedSpans != 100 || stats.AcceptedSpans != 400 {
		t.Errorf("%+v", stats)
	}
}
