package action

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// reader reads arguments' text and keeps the first error.
type reader struct {
	args  Args
	links int // in the chain
	err   error
}

func (r *reader) fail(param, text, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s %q: want %s", param, text, want)
	}
}

func (r *reader) text(param string) string { return strings.TrimSpace(r.args[param]) }

// integer is a whole number from low to high; 0 when it was not given.
func (r *reader) integer(param string, low, high int) int {
	text := r.text(param)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		r.fail(param, text, fmt.Sprintf("a whole number, %d to %d", low, high))
		return 0
	}
	return n
}

func (r *reader) number(param string) float64 {
	text := r.text(param)
	if text == "" {
		return 0
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.fail(param, text, "a number")
	}
	return f
}

// seed is any number of 64 bits; 0 when it was not given.
func (r *reader) seed() uint64 {
	text := r.text("seed")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		r.fail("seed", text, "a whole number")
	}
	return n
}

// share is a probability, written 0.3 or 30%.
func (r *reader) share(param string) float64 {
	text := r.text(param)
	if text == "" {
		return 0
	}
	f, err := Share(text)
	if err != nil {
		r.fail(param, text, "a share such as 30% or 0.3")
	}
	return f
}

// Share reads a probability, written 0.3 or 30%.
func Share(text string) (float64, error) {
	digits, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	f, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if percent {
		f /= 100
	}
	if err != nil || !(f >= 0 && f <= 1) {
		return 0, fmt.Errorf("%q: want a share such as 30%% or 0.3", text)
	}
	return f, nil
}

func (r *reader) duration(param string) chain.Duration {
	text := r.text(param)
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		r.fail(param, text, "a duration such as 150ms")
	}
	return chain.Duration(d)
}

// list are the links of the parameter "links", by index or name, each once, in order; none for all.
func (r *reader) list() []int {
	var list []int
	for _, name := range strings.FieldsFunc(r.args["links"], func(c rune) bool { return c == ' ' || c == ',' }) {
		i, err := chain.ParseLink(name, r.links)
		if err != nil && r.err == nil {
			r.err = err
		}
		list = append(list, i)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (r *reader) one(param string) int {
	i, err := chain.ParseLink(r.text(param), r.links)
	if err != nil && r.err == nil {
		r.err = err
	}
	return i
}

// fault is the fault that the arguments describe. The form does not ask for the original's sleep and the seed, but what
// was there is put back with them.
func (r *reader) fault() chain.Fault {
	f := chain.Fault{
		Latency: r.duration("latency"), P50: r.duration("p50"), P90: r.duration("p90"), P99: r.duration("p99"),
		Sleep: r.duration("sleep"), SleepRate: r.share("sleep-rate"), ErrorRate: r.share("error-rate"), Seed: r.seed(),
	}
	if f.ErrorRate > 0 {
		f.Status = r.integer("status", 400, 599)
	}
	return f
}

// FaultArgs are the arguments of the action "fault" that set f; none for the zero Fault, which clears. They are flags of
// the command of that name too.
func FaultArgs(f chain.Fault) Args {
	args := Args{}
	for name, d := range map[string]chain.Duration{
		"latency": f.Latency, "p50": f.P50, "p90": f.P90, "p99": f.P99, "sleep": f.Sleep,
	} {
		if d != 0 {
			args[name] = d.String()
		}
	}
	for name, share := range map[string]float64{"error-rate": f.ErrorRate, "sleep-rate": f.SleepRate} {
		if share > 0 {
			args[name] = strconv.FormatFloat(share, 'g', -1, 64)
		}
	}
	if f.Status != 0 && f.ErrorRate > 0 {
		args["status"] = strconv.Itoa(f.Status)
	}
	if f.Seed != 0 {
		args["seed"] = strconv.FormatUint(f.Seed, 10)
	}
	return args
}

// Fault is what the arguments of the action "fault" describe for a chain of so many links: the links it is for, none
// for all, and the fault, the zero one to clear theirs. The error names a value that can't be.
func Fault(args Args, links int) (list []int, f chain.Fault, err error) {
	r := &reader{args: args, links: links}
	list, f = r.list(), r.fault()
	if r.err == nil {
		r.err = f.Validate()
	}
	return list, f, r.err
}
