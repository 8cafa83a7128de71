package chain

import (
	"math"
	"strings"
	"testing"
	"time"
)

const ms = Duration(time.Millisecond)

func TestFaultValidate(t *testing.T) {
	for _, tc := range []struct {
		name  string
		fault Fault
		want  string // part of the error; empty for none
	}{
		{"nothing", Fault{}, ""},
		{"latency", Fault{Latency: 150 * ms}, ""},
		{"percentiles", Fault{P50: 10 * ms, P90: 20 * ms, P99: 100 * ms}, ""},
		{"p50 alone", Fault{P50: 10 * ms}, ""},
		{"p99 alone", Fault{P99: 10 * ms}, ""},
		{"errors", Fault{ErrorRate: 1, Status: 503}, ""},
		{"both", Fault{Latency: ms, P50: ms}, "not both"},
		{"falling", Fault{P50: 20 * ms, P90: 10 * ms}, "must not fall"},
		{"falling past a gap", Fault{P50: 20 * ms, P99: 10 * ms}, "must not fall"},
		{"negative", Fault{Latency: -ms}, "latency -1ms"},
		{"an hour", Fault{Latency: Duration(time.Hour)}, "want 0 to 1m0s"},
		{"too likely", Fault{ErrorRate: 1.01}, "want a probability"},
		{"not a number", Fault{ErrorRate: math.NaN()}, "want a probability"},
		{"status 200", Fault{ErrorRate: 0.5, Status: 200}, "want an HTTP error"},
	} {
		err := tc.fault.Validate()
		if (err == nil) != (tc.want == "") || (err != nil && !strings.Contains(err.Error(), tc.want)) {
			t.Errorf("%s: %v; want %q", tc.name, err, tc.want)
		}
	}
}

func TestFaultString(t *testing.T) {
	for want, f := range map[string]Fault{
		"none":                              {Seed: 4},
		"latency=150ms":                     {Latency: 150 * ms},
		"p50=10ms p90=10ms p99=100ms":       {P50: 10 * ms, P99: 100 * ms},
		"errors=30% status=500":             {ErrorRate: 0.3},
		"latency=1s errors=100% status=503": {Latency: 1000 * ms, ErrorRate: 1, Status: 503},
		"sleep=2s@16.7%":                    {Sleep: 2000 * ms, SleepRate: 1.0 / 6},
	} {
		if got := f.String(); got != want {
			t.Errorf("%+v: %q; want %q", f, got, want)
		}
		if f.IsZero() != (want == "none") {
			t.Errorf("%+v: IsZero = %v", f, f.IsZero())
		}
	}
}
