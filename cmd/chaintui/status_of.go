package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/sanitise"
	"github.com/chaintui/chaintui/internal/validate"
)

// chainStatus is what `status -o json` prints; its schema is chaintui.status/v1.
type chainStatus struct {
	Schema    string         `json:"schema"`
	Context   string         `json:"context"`
	Namespace string         `json:"namespace"`
	Phase     state.Phase    `json:"connection"`
	Origin    state.Origin   `json:"origin"`
	Release   *releaseStatus `json:"release,omitempty"`
	Ready     int            `json:"ready"`
	Total     int            `json:"total"`
	Rate      float64        `json:"ratePerSecond"`
	Links     []linkStatus   `json:"links"`
	Others    []linkStatus   `json:"others"`
}

type releaseStatus struct {
	Number  int       `json:"number"`
	Action  string    `json:"action"`
	Author  string    `json:"author"`
	Time    time.Time `json:"time"`
	Outcome string    `json:"outcome"`
}

type linkStatus struct {
	Name      string       `json:"name"`
	Status    state.Status `json:"status"`
	Reason    string       `json:"reason,omitempty"`
	Message   string       `json:"message,omitempty"`
	Container string       `json:"container,omitempty"`
	Ready     int32        `json:"ready"`
	Desired   int32        `json:"desired"`
	Restarts  int32        `json:"restarts"`
	Endpoints int          `json:"endpoints"`
	Image     string       `json:"image"`
	Fault     string       `json:"fault,omitempty"`
	Since     time.Time    `json:"since"`
}

func statusOf(s *state.Snapshot) chainStatus {
	c := chainStatus{Schema: "chaintui.status/v1", Context: s.Context, Namespace: s.Namespace, Phase: s.Conn.Phase, Origin: s.Origin,
		Links: []linkStatus{}, Others: []linkStatus{}}
	c.Ready, c.Total = s.Counts()
	if r := s.Release(); r != nil {
		c.Release = &releaseStatus{r.Number, r.Action, r.Author, r.Time, string(r.Outcome)}
	}
	if s.Live.Load != nil {
		c.Rate = s.Live.Load.Rate
	}
	cut := validate.CutOff(s)
	for i := range s.Links {
		l := statusOfWorkload(s.Links[i].Service, &s.Links[i].Workload)
		if f, ok := cut[l.Name]; ok {
			l.Reason, l.Message = f.Reason, f.Message
		}
		if f := s.Links[i].Fault; !f.IsZero() {
			l.Fault = f.String()
		}
		c.Links = append(c.Links, l)
	}
	for _, w := range []*state.Workload{s.Collect, s.Load} {
		if w != nil {
			c.Others = append(c.Others, statusOfWorkload(w.Name, w))
		}
	}
	return c
}

func statusOfWorkload(name string, w *state.Workload) linkStatus {
	return linkStatus{Name: name, Status: w.Status, Reason: w.Reason, Message: w.Message, Container: w.Container, Ready: w.ReadyPods,
		Desired: w.Desired, Restarts: w.Restarts, Endpoints: w.Endpoints, Image: w.Image, Since: w.Since}
}

// writeStatus prints the status for people.
func writeStatus(out io.Writer, c chainStatus, now time.Time) error {
	where := "namespace " + c.Namespace
	if c.Context != "" {
		where += " of " + c.Context
	}
	if c.Total == 0 {
		_, err := fmt.Fprintf(out, "no chain in %s; chaintui deploy makes one\n", sanitise.Line(where))
		return err
	}
	fmt.Fprintf(out, "%d of %d links ready in %s", c.Ready, c.Total, sanitise.Line(where))
	switch {
	case c.Release != nil:
		fmt.Fprintf(out, ", release %d (%s by %s, %s ago: %s)", c.Release.Number, sanitise.Line(c.Release.Action),
			sanitise.Line(c.Release.Author), age(now.Sub(c.Release.Time)), c.Release.Outcome)
	case c.Origin == state.Original:
		fmt.Fprint(out, ", without a release: chaintui adopt makes one")
	}
	fmt.Fprintln(out)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "LINK\tSTATUS\tREADY\tRESTARTS\tIMAGE\tNOTES")
	for _, list := range [][]linkStatus{c.Links, c.Others} {
		for i := range list {
			l := &list[i]
			fmt.Fprintf(t, "%s\t%s\t%d/%d\t%d\t%s\t%s\n", sanitise.Line(l.Name), l.Status, l.Ready, l.Desired, l.Restarts, sanitise.Line(l.Image), sanitise.Line(l.notes()))
		}
	}
	return t.Flush()
}

// notes are why a workload is not ready, and what is done to it on purpose.
func (l *linkStatus) notes() string {
	text := ""
	switch {
	case l.Status == state.Ready && l.Reason == "":
	case l.Reason != "":
		text = l.Reason + ": " + l.Message
	default:
		text = l.Message
	}
	if l.Fault != "" {
		if text != "" {
			text += "; "
		}
		text += "fault " + l.Fault
	}
	return text
}

// age is a time for people: 4s, 12m, 3h, 5d.
func age(d time.Duration) string {
	switch {
	case d < 0:
		return "0s"
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	}
	return fmt.Sprintf("%dd", int(d.Hours()/24))
}
