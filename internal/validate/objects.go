package validate

import (
	"fmt"
	"strings"

	"github.com/chaintui/chaintui/internal/kube/state"
)

// Drift is one difference between an object and what the newest release makes of it.
type Drift struct {
	Link    int    // index; -1 for none
	Object  string // such as deployment/chain-link-deployment-3
	Path    string // of the field, such as spec.replicas; empty when the whole object is missing
	Want    string
	Have    string
	Manager string // who set it; empty when that is not known
}

// CheckObjects compares the cluster with the newest release: the ConfigMap's order, surplus links, and the drift that was
// found. how says in a few words how drift was looked for; driftErr why it could not be.
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
		return skip(Objects, "deployed by the original's tool: there is no release to compare with; chaintui adopt makes one")
	}
	findings := append(orderFindings(s), driftFindings(drift)...)
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
// one as it should is at fault.
func orderFindings(s *state.Snapshot) []Finding {
	const hint = "chaintui deploy puts it right"
	object := "ConfigMap chain-link-services"
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
	for i := range s.Extra {
		findings = append(findings, Finding{Link: -1, Object: s.Extra[i].Name, Reason: "Surplus",
			Message: "it is no longer in the release, and still there", Hint: hint})
	}
	return findings
}

// driftFindings makes one finding of each object that differs.
func driftFindings(drift []Drift) []Finding {
	var findings []Finding
	at := map[string]int{}
	for _, d := range drift {
		text := d.text()
		if i, seen := at[d.Object]; seen {
			findings[i].Message += "; " + text
			continue
		}
		at[d.Object] = len(findings)
		findings = append(findings, Finding{Link: d.Link, Object: d.Object, Reason: "Drift", Message: text,
			Hint: "chaintui diff shows it whole; chaintui deploy puts it right"})
	}
	return findings
}

func (d *Drift) text() string {
	if d.Path == "" {
		return "it is missing"
	}
	have, want := d.Have, d.Want
	if have == "" {
		have = "nothing"
	}
	if want == "" {
		want = "nothing"
	}
	text := fmt.Sprintf("%s is %s, the release says %s", d.Path, short(have), short(want))
	if d.Manager != "" {
		text += " (changed by " + d.Manager + ")"
	}
	return text
}

func short(s string) string {
	const most = 120
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
