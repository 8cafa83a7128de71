package chain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Fault is what a link does to its requests on purpose. The zero value does nothing. Latency is either fixed or
// drawn from a distribution given by its 50th, 90th and 99th percentile. An error answers at once, without calling on.
type Fault struct {
	Latency   Duration `json:"latency,omitzero"`   // fixed, added to each request
	P50       Duration `json:"p50,omitzero"`       // or: half of the requests get at most this
	P90       Duration `json:"p90,omitzero"`       // default P50
	P99       Duration `json:"p99,omitzero"`       // default P90
	Sleep     Duration `json:"sleep,omitzero"`     // the original's random sleep: this long …
	SleepRate float64  `json:"sleepRate,omitzero"` // … with this probability (there 1/N, of 2 s)
	ErrorRate float64  `json:"errorRate,omitzero"` // probability of an error, 0 to 1, drawn anew for each request
	Status    int      `json:"status,omitzero"`    // the error's HTTP status, 400 to 599; default 500
	Seed      uint64   `json:"seed,omitzero"`      // makes the draws repeatable; 0 is truly random
}

// MaxFaultLatency bounds each of a fault's durations: longer ones are typing errors, and outlast every deadline.
const MaxFaultLatency = Duration(time.Minute)

// IsZero tells whether the fault does nothing.
func (f Fault) IsZero() bool { f.Seed = 0; f.Status = 0; return f == Fault{} }

// ErrorStatus is the HTTP status of the fault's errors.
func (f Fault) ErrorStatus() int {
	if f.Status == 0 {
		return 500
	}
	return f.Status
}

// Added is the latency below which the share u of requests (0 to 1) falls: the fixed one; or straight lines from 0 at
// u = 0 through p50, p90 and p99, and p99 for the slowest hundredth, so that nothing is slower than what was asked for.
func (f Fault) Added(u float64) time.Duration {
	if f.Latency != 0 {
		return time.Duration(f.Latency)
	}
	p50 := float64(f.P50)
	p90 := max(float64(f.P90), p50)
	p99 := max(float64(f.P99), p90)
	switch {
	case u < 0.5:
		return time.Duration(p50 * u / 0.5)
	case u < 0.9:
		return time.Duration(p50 + (p90-p50)*(u-0.5)/0.4)
	case u < 0.99:
		return time.Duration(p90 + (p99-p90)*(u-0.9)/0.09)
	}
	return time.Duration(p99)
}

// Validate says which of the fault's values can't be, all of them at once.
func (f Fault) Validate() error {
	var errs []error
	no := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for _, d := range []struct {
		name  string
		value Duration
	}{{"latency", f.Latency}, {"p50", f.P50}, {"p90", f.P90}, {"p99", f.P99}, {"sleep", f.Sleep}} {
		if d.value < 0 || d.value > MaxFaultLatency {
			no("%s %v: want 0 to %v", d.name, d.value, MaxFaultLatency)
		}
	}
	for _, p := range []struct {
		name  string
		value float64
	}{{"error rate", f.ErrorRate}, {"sleep rate", f.SleepRate}} {
		if !(p.value >= 0 && p.value <= 1) { // also refuses NaN
			no("%s %v: want a probability, 0 to 1", p.name, p.value)
		}
	}
	if f.Latency != 0 && (f.P50 != 0 || f.P90 != 0 || f.P99 != 0) {
		no("latency is either fixed or given by percentiles, not both")
	}
	if (f.P90 != 0 && f.P90 < f.P50) || (f.P99 != 0 && f.P99 < max(f.P50, f.P90)) {
		no("percentiles must not fall: p50 %v, p90 %v, p99 %v", f.P50, f.P90, f.P99)
	}
	if f.Status != 0 && (f.Status < 400 || f.Status > 599) {
		no("status %d: want an HTTP error, 400 to 599", f.Status)
	}
	return errors.Join(errs...)
}

// String describes the fault in the few words that a span's tag, a log line and the screen show, such as
// "latency=150ms" or "errors=30% status=503"; "none" for the zero value.
func (f Fault) String() string {
	var words []string
	if f.Latency != 0 {
		words = append(words, "latency="+f.Latency.String())
	}
	if f.P50 != 0 || f.P90 != 0 || f.P99 != 0 {
		p90 := max(f.P90, f.P50)
		words = append(words, fmt.Sprintf("p50=%v p90=%v p99=%v", f.P50, p90, max(f.P99, p90)))
	}
	if f.SleepRate > 0 && f.Sleep > 0 {
		words = append(words, fmt.Sprintf("sleep=%v@%.3g%%", f.Sleep, f.SleepRate*100))
	}
	if f.ErrorRate > 0 {
		words = append(words, fmt.Sprintf("errors=%.3g%% status=%d", f.ErrorRate*100, f.ErrorStatus()))
	}
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, " ")
}

// Faults are the faults in force by service name; a service without one is absent.
type Faults map[string]Fault

// Validate names the services whose fault can't be, in the order of their names.
func (f Faults) Validate() error {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	var errs []error
	for _, name := range names {
		if err := f[name].Validate(); err != nil {
			errs = append(errs, fmt.Errorf("fault of %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}
