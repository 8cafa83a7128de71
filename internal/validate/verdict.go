// Package validate proves that a chain works, or names the link that broke first. Each check is a pure function from data
// (a Snapshot, rights, drift, a probe's answer, its trace, the load's state) to a Verdict; Run gathers the data.
package validate

import (
	"time"
)

// Status is what a check comes to.
type Status string

// The statuses of a check.
const (
	Pass    Status = "pass"
	Fail    Status = "fail"
	Skip    Status = "skip"    // it does not apply, or another failure keeps it from being done; Reason says which
	Timeout Status = "timeout" // it was still waiting when the time was up
)

// Names of the checks, in the order in which they are reported.
const (
	Access    = "access"    // the API server answers, and the user may do what the others need
	Objects   = "objects"   // the objects are what the newest release says
	Rollouts  = "rollouts"  // every rollout is complete, by the rules of state.Rollout
	Endpoints = "endpoints" // every Service has a ready endpoint
	Request   = "request"   // one request crosses the chain
	Trace     = "trace"     // and the collector holds its whole trace
	Load      = "load"      // the load generator's requests succeed
)

// Names are the checks in the order in which they are reported.
var Names = []string{Access, Objects, Rollouts, Endpoints, Request, Trace, Load}

// causes orders failing checks by how near they are to a cause: a link that can't start explains why a request fails,
// and not the other way round.
var causes = []string{Access, Rollouts, Endpoints, Objects, Request, Trace, Load}

// Verdict is the outcome of one check.
type Verdict struct {
	Check    string        `json:"check"`
	Status   Status        `json:"status"`
	Reason   string        `json:"reason"`             // one line: what was proven, or why not
	Findings []Finding     `json:"findings,omitempty"` // what is wrong, head first
	Took     time.Duration `json:"-"`
}

// Finding is one thing that is wrong.
type Finding struct {
	Link      int      `json:"link"`             // index; -1 when it concerns none
	Object    string   `json:"object,omitempty"` // such as chain-link-service-3
	Pod       string   `json:"pod,omitempty"`    // at fault
	Container string   `json:"container,omitempty"`
	Reason    string   `json:"reason,omitempty"`   // in Kubernetes's words, such as ImagePullBackOff
	Message   string   `json:"message"`            // one line
	Hint      string   `json:"hint,omitempty"`     // what to do about it
	Warnings  []string `json:"warnings,omitempty"` // the last Warning events about it, oldest first
	Logs      []string `json:"logs,omitempty"`     // the last lines of the container that ended last
}

// pass, skip and fail make verdicts.
func pass(check, reason string) Verdict { return Verdict{Check: check, Status: Pass, Reason: reason} }
func skip(check, reason string) Verdict { return Verdict{Check: check, Status: Skip, Reason: reason} }

// fail sums its findings up by the first.
func fail(check string, findings ...Finding) Verdict {
	return Verdict{Check: check, Status: Fail, Reason: findings[0].Line(), Findings: findings}
}
