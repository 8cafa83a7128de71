package chain

import (
	"fmt"
	"time"
)

// Duration is a time.Duration that reads and writes as text ("150ms") in JSON.
type Duration time.Duration

// MarshalText writes the duration as Go does, such as "150ms".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration such as "150ms" or "1.5s".
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no duration; write it like 150ms or 2s", text)
	}
	*d = Duration(v)
	return nil
}

func (d Duration) String() string { return time.Duration(d).String() }
