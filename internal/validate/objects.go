package validate

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// Drift is an object that is not what the newest release says.
type Drift struct {
	Link   int    // index; -1 for none
	Object string // such as Deployment/chain-link-deployment-3
	Text   string // in one line: what differs, and who changed it
	// Foreign says that another manager owns what differs: putting it right has to be forced.
	Foreign bool
}

// CheckObjects compares the cluster with the newest release: the ConfigMap's order, and the drift that was found. how says
// in a few words how drift was looked for; driftErr why it could not be.
func CheckObjects(s *state.Snapshot, drift []Drift, how string, driftErr error) Verdict {
	switch {
	case s.NoNamespace:
		return fail(Objects, Finding{Link: -1, Object: "namespace " + s.Namespace, Reason: "NotFound", Message: "it does not exist",
			Hint: "chaintui deploy creates it; -n names another"})
	case s.Origin == state.None:
		return fail(Objects, Finding{Link: -1, Object: "namespace " + s.Namespace, Reason: "NotFound", Message: "there is no chain in it",
			Hint: "chaintui deploy; -n names another namespace"})
	case s.Origin == state.Original && s.LiveErr != "":
		return fail(Objects, Finding{Link: -1, Object: "ConfigMap", Message: s.LiveErr})
	case s.Origin == state.Original:
		return skip(Objects, "it was applied without chaintui, so there is no release to compare with; chaintui adopt makes one")
	case s.Release() == nil: // it is being deleted
		return fail(Objects, Finding{Link: -1, Object: "namespace " + s.Namespace, Reason: "NotFound", Message: "the chain's releases are gone"})
	}
	findings := orderFindings(s, repair(drift))
	findings = append(findings, driftFindings(drift, len(findings) == 0)...)
	if len(findings) > 0 {
		return fail(Objects, inOrder(findings)...)
	}
	release := s.Release()
	if driftErr != nil {
		return skip(Objects, "drift could not be looked for: "+driftErr.Error())
	}
	reason := fmt.Sprintf("as release %d says", release.Number)
	if how != "" {
		reason += " (" + how + ")"
	}
	return pass(Objects, reason)
}

// orderFindings compares the order that the links read with the release's. The first link that does not call the next
// one as it should is at fault. hint says what to do.
func orderFindings(s *state.Snapshot, hint string) []Finding {
	object := "ConfigMap/" + chain.ConfigMap
	if s.Config == nil {
		return []Finding{{Link: -1, Object: object, Reason: "NotFound", Message: "it is missing", Hint: hint}}
	}
	if s.LiveErr != "" {
		return []Finding{{Link: -1, Object: object, Message: s.LiveErr, Hint: hint}}
	}
	spec := &s.Release().Spec
	want, have := spec.Order(), s.Live.Order
	var findings []Finding
	for i := range max(len(want), len(have)) {
		w, h := "nothing", "nothing"
		if i < len(want) {
			w = want[i]
		}
		if i < len(have) {
			h = have[i]
		}
		if w != h {
			findings = append(findings, Finding{Link: min(i, len(want)-1), Object: object, Reason: "WrongOrder",
				Message: fmt.Sprintf("place %d of the order is %s, the release says %s", i, h, w), Hint: hint})
			break
		}
	}
	return findings
}

// repair is what puts the ConfigMap right: a deploy, and by force where somebody else has edited it.
func repair(drift []Drift) string {
	for _, d := range drift {
		if ofConfig(d) && d.Foreign {
			return "chaintui deploy --force-conflicts puts it right"
		}
	}
	return "chaintui deploy puts it right"
}

func ofConfig(d Drift) bool { return strings.HasSuffix(d.Object, "/"+chain.ConfigMap) }

// driftFindings makes a finding of each object that differs. The ConfigMap's order was looked at already.
func driftFindings(drift []Drift, ordered bool) []Finding {
	var findings []Finding
	for _, d := range drift {
		if !ordered && ofConfig(d) {
			continue
		}
		f := Finding{Link: d.Link, Object: d.Object, Reason: "Drift", Message: d.Text, Hint: "chaintui diff shows it whole; chaintui deploy puts it right"}
		if d.Foreign {
			f.Hint = "chaintui diff shows it whole; chaintui deploy --force-conflicts puts it right"
		}
		findings = append(findings, f)
	}
	return findings
}

// short is a text on one line, cut where it is long.
func short(s string) string {
	const most = 160
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
