//go:build zipkin

package contract

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/collector"
	"github.com/chaintui/chaintui/internal/collector/zipkinjar"
)

// pair is a real server and the built-in collector with the same settings, and every question of a test goes to both.
type pair struct {
	zipkin  *Zipkin
	builtin *httptest.Server
}

// standard has the default settings; small keeps 20 spans and compares the lower 64 bits of trace ids only.
var standard, small pair

func TestMain(m *testing.M) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	code := run(ctx, m)
	cancel()
	os.Exit(code)
}

func run(ctx context.Context, m *testing.M) int {
	if !Inside() {
		jar, err := zipkinjar.Find(ctx)
		if err != nil {
			fmt.Println("contract with Zipkin not checked:", err)
			if os.Getenv("CI") == "true" {
				return 1
			}
			return 0
		}
		code, err := Reenter(ctx, "ZIPKIN_JAR="+jar)
		if err != nil {
			fmt.Println("contract with Zipkin: a network namespace of its own:", err)
			return 1
		}
		return code
	}
	code, err := inNamespace(ctx, m)
	if err != nil {
		fmt.Println("contract with Zipkin:", err)
		return 1
	}
	return code
}

func inNamespace(ctx context.Context, m *testing.M) (int, error) {
	if err := LoopbackUp(); err != nil {
		return 0, fmt.Errorf("loopback: %w", err)
	}
	jar := os.Getenv("ZIPKIN_JAR")
	for i, server := range []struct {
		pair    *pair
		options collector.Options
		env     []string
	}{
		{&standard, collector.Options{AutocompleteKeys: autocompleteKeys}, []string{"AUTOCOMPLETE_KEYS=environment,zone"}},
		{&small, collector.Options{MaxSpans: 20, LooseTraceIDs: true}, []string{"MEM_MAX_SPANS=20", "STRICT_TRACE_ID=false"}},
	} {
		zipkin, err := Start(ctx, jar, 9411+i, server.env...)
		if err != nil {
			return 0, err
		}
		defer zipkin.Stop()
		builtin := httptest.NewServer(collector.New(server.options).Handler())
		defer builtin.Close()
		*server.pair = pair{zipkin, builtin}
	}
	for _, started := range []pair{standard, small} {
		if err := started.zipkin.Wait(ctx); err != nil {
			return 0, err
		}
	}
	code := m.Run()
	client.CloseIdleConnections()
	return code, nil
}
