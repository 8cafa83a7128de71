package chain

import "time"

// LinkState is what a link's /state answers: where it stands in the chain, and what it has loaded.
type LinkState struct {
	Service   string    `json:"service"`         // its own name
	Index     int       `json:"index"`           // its place in the order it has loaded; -1 when it is not listed
	Next      string    `json:"next"`            // the service it calls; empty at the tail
	Length    int       `json:"length"`          // links in the order it has loaded
	Config    string    `json:"config"`          // Digest of the configuration in force
	Loaded    time.Time `json:"loaded"`          // when that was loaded
	Error     string    `json:"error,omitempty"` // why the newest file was not taken; the last good one stays in force
	Fault     Fault     `json:"fault"`           // in force here
	Draining  bool      `json:"draining"`        // SIGTERM was received
	Version   string    `json:"version"`
	Pod       string    `json:"pod,omitempty"`
	Requests  uint64    `json:"requests"`     // answered since start, / and /forward
	Failed    uint64    `json:"failed"`       // of these, answered with a status of 500 or more
	SpansSent uint64    `json:"spansSent"`    // accepted by the collector
	SpansLost uint64    `json:"spansDropped"` // queue full, or refused, or the collector unreachable
}

// LoadState is what the load generator's /state answers. Latencies are from the moment a request was due, so that a
// stalled server is charged for the requests that waited (no coordinated omission).
type LoadState struct {
	Target  string    `json:"target"`
	Started time.Time `json:"started"`
	Config  string    `json:"config"` // Digest of the configuration in force, empty without one
	Error   string    `json:"error,omitempty"`
	Load    Load      `json:"load"`    // in force
	Version string    `json:"version"` // of the generator
	Pod     string    `json:"pod,omitempty"`
	Total   LoadStats `json:"total"`  // since start
	Recent  LoadStats `json:"recent"` // the last 30 s
}

// LoadStats are counts and latencies of a window.
type LoadStats struct {
	Seconds float64        `json:"seconds"` // the window's length
	Sent    uint64         `json:"sent"`
	OK      uint64         `json:"ok"`                // answered below 400
	Failed  uint64         `json:"failed"`            // answered 400 and above, timed out, or not connected
	Skipped uint64         `json:"skipped"`           // due, but not sent: the concurrency was used up
	Rate    float64        `json:"rate"`              // sent per second
	P50     float64        `json:"p50Ms"`             // milliseconds
	P95     float64        `json:"p95Ms"`             // milliseconds
	P99     float64        `json:"p99Ms"`             // milliseconds
	Max     float64        `json:"maxMs"`             // milliseconds
	Reasons map[string]int `json:"reasons,omitempty"` // failures by reason: "HTTP 503", "timeout", "connect", …
}
