package session

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// Logs that end with an error say why, as their last line.
func TestTheEndOfLogsHasAReason(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer server.Close()
	cluster := connected(t, server.URL)
	defer cluster.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	watcher := watch.Start(ctx, cluster)
	lines, err := logSource{cluster, watcher}.Follow(ctx, feed.LogQuery{Follow: true})
	if err != nil {
		t.Fatal(err)
	}
	var last feed.LogLine
	for batch := range lines {
		last = batch[len(batch)-1]
	}
	if !strings.Contains(last.Gap, "credentials") || last.Time.IsZero() {
		t.Errorf("ended with %+v", last)
	}
	cancel()
	<-watcher.Stopped()
}
