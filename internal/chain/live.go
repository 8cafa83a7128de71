package chain

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ConfigMap keys of the live settings, beside OrderKey. Either may be absent where they are read.
const (
	FaultsKey = "faults.json"
	LoadKey   = "load.json"
)

// Load is what the load generator does.
type Load struct {
	Rate        float64 `json:"rate"`                 // requests per second, open loop; 0 pauses
	Concurrency int     `json:"concurrency,omitzero"` // requests in flight at most; default 256
	Jitter      bool    `json:"jitter,omitzero"`      // random intervals (exponential) instead of even ones
}

// Limits and defaults of the load.
const (
	MaxRate            = 100_000
	DefaultRate        = 1
	DefaultConcurrency = 256
	MaxConcurrency     = 10_000
)

// Validate says which of the load's values can't be.
func (l Load) Validate() error {
	var errs []error
	if !(l.Rate >= 0 && l.Rate <= MaxRate) {
		errs = append(errs, fmt.Errorf("load rate %v: want 0 to %d requests per second", l.Rate, MaxRate))
	}
	if l.Concurrency < 0 || l.Concurrency > MaxConcurrency {
		errs = append(errs, fmt.Errorf("load concurrency %d: want 1 to %d, or 0 for %d", l.Concurrency, MaxConcurrency, DefaultConcurrency))
	}
	return errors.Join(errs...)
}

// Live is everything that the mounted ConfigMap tells a running chain: the order, and the settings that change
// without a release.
type Live struct {
	Order  Order
	Faults Faults
	Load   *Load // nil when the ConfigMap says nothing of it
}

// ParseLive reads the ConfigMap's data (key to content). Keys that are not ours are ignored. The error names the key
// at fault; the caller keeps its last good settings.
func ParseLive(data map[string]string) (Live, error) {
	var l Live
	order, err := ParseOrder([]byte(data[OrderKey]))
	if err != nil {
		return Live{}, err
	}
	l.Order = order
	if l.Faults, err = ParseFaults([]byte(data[FaultsKey])); err != nil {
		return Live{}, err
	}
	if text := data[LoadKey]; text != "" {
		l.Load = &Load{}
		if err := strict([]byte(text), l.Load); err != nil {
			return Live{}, fmt.Errorf("%s: %w", LoadKey, err)
		}
		if err := l.Load.Validate(); err != nil {
			return Live{}, fmt.Errorf("%s: %w", LoadKey, err)
		}
	}
	return l, nil
}

// ParseFaults reads faults.json: a JSON object of faults by service name. Empty content is no faults. An unknown
// field is an error: a fault that is misspelled would otherwise silently not act.
func ParseFaults(data []byte) (Faults, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, nil
	}
	var f Faults
	if err := strict(data, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", FaultsKey, err)
	}
	if err := f.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", FaultsKey, err)
	}
	return f, nil
}

// Data is the ConfigMap's content for these settings. FaultsKey is there without a fault as well: a key that an apply leaves
// out stays when somebody else has edited it, and nobody is told; one that it sets is a conflict.
func (l Live) Data() map[string]string {
	data := map[string]string{OrderKey: l.Order.Encode()}
	faults := Faults{}
	for name, f := range l.Faults {
		if !f.IsZero() {
			faults[name] = f
		}
	}
	text, _ := json.Marshal(faults) // numbers were validated: no NaN
	data[FaultsKey] = string(text)
	if l.Load != nil {
		text, _ := json.Marshal(l.Load)
		data[LoadKey] = string(text)
	}
	return data
}

// Digest identifies a configuration by its content: 12 hex digits of SHA-256 over our keys. Links report it in
// their state, so that a writer can tell which of them have loaded what it wrote.
func Digest(data map[string]string) string {
	h := sha256.New()
	for _, key := range []string{FaultsKey, LoadKey, OrderKey} {
		fmt.Fprintf(h, "%s %d\n%s\n", key, len(data[key]), data[key])
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) { // More would overlook a stray closing bracket
		return errors.New("more than one JSON value")
	}
	return nil
}
