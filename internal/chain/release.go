package chain

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Release is one stored revision of a chain's Spec, kept in a ConfigMap of its own. Creating number n+1 is the lock
// between two people: the API server lets only one of them create it.
type Release struct {
	Number  int       `json:"number"` // from 1
	Spec    Spec      `json:"spec"`
	Action  string    `json:"action"` // what was done, in words: "deploy", "resize 4 → 8", "rollback to 3"
	Author  string    `json:"author"` // the API server's name for the user
	Time    time.Time `json:"time"`
	Outcome Outcome   `json:"outcome"`
	Reason  string    `json:"reason,omitempty"` // why it did not end Healthy
}

// Outcome is how a release's change ended.
type Outcome string

// The outcomes of a release.
const (
	Pending     Outcome = "pending"     // under way, or its author was cut off
	Applied     Outcome = "applied"     // written, not waited for
	Healthy     Outcome = "healthy"     // written, and every link became ready
	Unhealthy   Outcome = "unhealthy"   // written, but not every link became ready
	Refused     Outcome = "refused"     // the API server took not all of it
	Interrupted Outcome = "interrupted" // its author stopped it
)

// Written tells whether all of a release was written.
func (o Outcome) Written() bool { return o == Applied || o == Healthy || o == Unhealthy }

// ReleaseKey is the ConfigMap key that holds a release as JSON.
const ReleaseKey = "release.json"

// KeptReleases is how many releases stay in the cluster.
const KeptReleases = 10

// Encode is the release as its ConfigMap holds it.
func (r Release) Encode() (string, error) {
	data, err := json.Marshal(r)
	return string(data), err
}

// ParseRelease reads a release's ConfigMap by its name and data.
func ParseRelease(name string, data map[string]string) (Release, error) {
	digits, ok := strings.CutPrefix(name, ReleasePrefix)
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 {
		return Release{}, fmt.Errorf("ConfigMap %s: no release's name", name)
	}
	text, ok := data[ReleaseKey]
	if !ok {
		return Release{}, fmt.Errorf("release %d: its ConfigMap lacks the key %s", n, ReleaseKey)
	}
	var r Release
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return Release{}, fmt.Errorf("release %d: %w", n, err)
	}
	if r.Number != n {
		return Release{}, fmt.Errorf("release %d: says that it is number %d", n, r.Number)
	}
	if len(r.Spec.Links) == 0 {
		return Release{}, errors.New("release " + digits + ": has no links")
	}
	return r, nil
}
