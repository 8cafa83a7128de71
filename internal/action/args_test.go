package action

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

func TestArgumentsAreRead(t *testing.T) {
	r := &reader{links: 6, args: Args{"links": "3, chain-link-1 3", "latency": " 150ms", "error-rate": "30%", "status": "503"}}
	if diff := cmp.Diff([]int{1, 3}, r.list()); diff != "" {
		t.Error(diff)
	}
	want := chain.Fault{Latency: chain.Duration(150 * time.Millisecond), ErrorRate: 0.3, Status: 503}
	if diff := cmp.Diff(want, r.fault()); diff != "" || r.err != nil {
		t.Error(diff, r.err)
	}
}

func TestEmptyFaultFieldsClearIt(t *testing.T) {
	r := &reader{links: 6, args: Args{"status": "500"}} // the form's default
	if f := r.fault(); !f.IsZero() || f.Status != 0 {
		t.Errorf("%+v; want the zero fault", f)
	}
}

// What FaultArgs writes is read as the same fault: the tour puts faults back by it.
func TestFaultsSurviveTheirArguments(t *testing.T) {
	for command, f := range map[string]chain.Fault{
		"chaintui fault 2 --clear":         {},
		"chaintui fault 2 --latency 150ms": {Latency: chain.Duration(150 * time.Millisecond)},
		"chaintui fault 2 --error-rate 0.3 --p50 1ms --p90 2ms --p99 3ms --seed 18446744073709551615 --sleep 2s --sleep-rate 0.125 --status 503": {
			P50: chain.Duration(time.Millisecond), P90: chain.Duration(2 * time.Millisecond), P99: chain.Duration(3 * time.Millisecond),
			Sleep: chain.Duration(2 * time.Second), SleepRate: 0.125, ErrorRate: 0.3, Status: 503, Seed: 1<<64 - 1,
		},
	} {
		args := FaultArgs(f)
		r := &reader{links: 6, args: args}
		if diff := cmp.Diff(f, r.fault()); diff != "" || r.err != nil {
			t.Error(diff, r.err)
		}
		args["links"] = "2"
		if got := Command("fault", args); got != command {
			t.Errorf("%s; want %s", got, command)
		}
	}
}

func TestBadArgumentsSayWhatIsWanted(t *testing.T) {
	for want, read := range map[string]func(*reader){
		`instances "0": want a whole number, 1 to 9`:         func(r *reader) { r.integer("instances", 1, 9) },
		`error-rate "150%": want a share such as 30% or 0.3`: func(r *reader) { r.share("error-rate") },
		`latency "soon": want a duration such as 150ms`:      func(r *reader) { r.duration("latency") },
		`link 9 is not in the chain: its links are 0 to 5`:   func(r *reader) { r.list() },
		`"" is no link: give its index (0 to 5) or its name`: func(r *reader) { r.one("link") },
		`rate "fast": want a number`:                         func(r *reader) { r.number("rate") },
	} {
		r := &reader{links: 6, args: Args{"instances": "0", "error-rate": "150%", "latency": "soon", "links": "9", "rate": "fast"}}
		if read(r); r.err == nil || !strings.Contains(r.err.Error(), want) {
			t.Errorf("error %v; want %s", r.err, want)
		}
	}
}

func TestFaultThatCannotBeIsRefused(t *testing.T) {
	for want, args := range map[string]Args{
		"percentiles must not fall": {"p50": "20ms", "p90": "10ms"},
		"fixed or given by":         {"latency": "20ms", "p50": "10ms"},
		"status \"700\"":            {"error-rate": "1", "status": "700"},
		"link 6 is not in":          {"links": "6", "latency": "20ms"},
	} {
		if _, _, err := Fault(args, 6); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v; want %s", args, err, want)
		}
	}
}

// Numbers far beyond what can be are refused, not made, and not silently made less.
func TestNumbersBeyondAllReasonAreRefused(t *testing.T) {
	snapshot := live(state.Ours)
	d := Deps{Snapshot: func() *state.Snapshot { return snapshot },
		First: func() (chain.Spec, chain.Load, error) { return spec(3), chain.Load{}, nil }}
	for id, args := range map[string]Args{
		"resize": {"instances": "999999999999"}, "deploy": {"instances": "1001"}, "scale": {"link": "0", "replicas": "10001"}, "rollback": {"to": "-1"},
	} {
		if _, err := intend(id, d, args); err == nil || !strings.Contains(err.Error(), "want a whole number") {
			t.Errorf("%s: %v", id, err)
		}
	}
}
