package config

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// The readers of settings' texts. Errors say what is wanted; who calls says where the text came from.

// checked makes a check of a reader.
func checked[T any](read func(string) (T, error)) func(string) error {
	return func(text string) error { _, err := read(text); return err }
}

var (
	isBool         = checked(boolean)
	isLength       = checked(length)
	isShare        = checked(share)
	isRate         = checked(rate)
	isSleep        = checked(sleep)
	isTimeout      = checked(timeout)
	arePairs       = checked(func(text string) (map[string]string, error) { return pairs(text, ",\n") })
	areAnnotations = checked(func(text string) (map[string]string, error) { return pairs(text, "\n") })
	areTolerations = checked(tolerations)
)

func boolean(text string) (bool, error) {
	b, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		return false, fmt.Errorf("%q: want true or false", text)
	}
	return b, nil
}

func length(text string) (int, error) {
	n, err := strconv.Atoi(text)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, fmt.Errorf("%s: a chain has 1 to %d links", text, chain.MaxLength)
	case err != nil:
		return 0, fmt.Errorf("%q: want a whole number of links, 1 to %d", text, chain.MaxLength)
	case n < 1 || n > chain.MaxLength:
		return 0, fmt.Errorf("%d: a chain has 1 to %d links", n, chain.MaxLength)
	}
	return n, nil
}

func number(text, want string, ok func(float64) bool) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || !ok(v) { // every ok refuses NaN
		return 0, fmt.Errorf("%q: want %s", text, want)
	}
	return v, nil
}

func rate(text string) (float64, error) {
	return number(text, fmt.Sprintf("requests per second, 0 to %d", chain.MaxRate),
		func(v float64) bool { return v >= 0 && v <= chain.MaxRate })
}

func sleep(text string) (float64, error) {
	return number(text, "seconds between two requests, more than 0; --rate 0 pauses the load",
		func(v float64) bool { return v >= 1.0/chain.MaxRate && v <= 1e9 })
}

// share reads a probability, as 0.3 or 30%.
func share(text string) (float64, error) {
	digits, percent := strings.CutSuffix(text, "%")
	scale := 1.0
	if percent {
		scale = 100
	}
	v, err := number(digits, "", func(v float64) bool { return v >= 0 && v <= scale })
	if err != nil {
		return 0, fmt.Errorf("%q: want 0 to 1, or a percentage", text)
	}
	return v / scale, nil
}

// Share reads a probability as a user writes it: 0.3 or 30%.
func Share(text string) (float64, error) { return share(text) }

func timeout(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if seconds, e := strconv.Atoi(text); e == nil { // kubectl takes both
		d, err = time.Duration(seconds)*time.Second, nil
	}
	if err != nil || d <= 0 || d > 24*time.Hour {
		return 0, fmt.Errorf("%q: want a time such as 90s or 5m, at most 24h", text)
	}
	return d, nil
}

func isURL(text string) error {
	if u, err := url.Parse(text); text != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
		return fmt.Errorf("%q: want an http or https URL", text)
	}
	return nil
}

func isImage(text string) error {
	if text == "" { // the build's own
		return nil
	}
	return chain.ValidateImage(text)
}

func isCollector(text string) error {
	if text == chain.Builtin || text == chain.Zipkin {
		return nil
	}
	if text == "" || isURL(text) != nil {
		return fmt.Errorf("%q: want %s, %s, or the http(s) URL of a Zipkin-compatible server", text, chain.Builtin, chain.Zipkin)
	}
	return nil
}

func isPodSecurity(text string) error {
	if levels := []string{"restricted", "baseline", "privileged", "none"}; !slices.Contains(levels, text) {
		return fmt.Errorf("%q: want one of %s", text, strings.Join(levels, ", "))
	}
	return nil
}

func isQuantity(text string) error {
	pods := chain.Pods{CPURequest: text}
	if pods.Validate() != nil {
		return fmt.Errorf("%q: want a quantity such as 50m or 64Mi", text)
	}
	return nil
}

// split cuts a text at any of the separators; empty entries fall away.
func split(text, separators string) []string {
	var list []string
	for _, e := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if e = strings.TrimSpace(e); e != "" {
			list = append(list, e)
		}
	}
	return list
}

func pairs(text, separators string) (map[string]string, error) {
	var m map[string]string
	for _, e := range split(text, separators) {
		key, value, ok := strings.Cut(e, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("%q: want key=value", e)
		}
		if m == nil {
			m = map[string]string{}
		}
		m[key] = value
	}
	return m, nil
}

// tolerations reads key[=value][:effect], as kubectl writes taints. Without a value the key alone has to exist.
func tolerations(text string) ([]chain.Toleration, error) {
	var list []chain.Toleration
	for _, e := range split(text, ",\n") {
		taint, effect, _ := strings.Cut(e, ":")
		key, value, equal := strings.Cut(taint, "=")
		t := chain.Toleration{Key: key, Operator: "Exists", Effect: effect}
		if equal {
			t.Operator, t.Value = "Equal", value
		}
		if key == "" && equal {
			return nil, fmt.Errorf("%q: want key[=value][:effect]", e)
		}
		pods := chain.Pods{Tolerations: []chain.Toleration{t}}
		if err := pods.Validate(); err != nil {
			return nil, fmt.Errorf("%q: want key[=value][:effect], with the effect NoSchedule, PreferNoSchedule or NoExecute", e)
		}
		list = append(list, t)
	}
	return list, nil
}
