package inspect

import (
	corev1 "k8s.io/api/core/v1"
)

// containerStatus is what a kubelet says of a container: how it is, and how it ended the last time.
func (p *page) containerStatus(s *corev1.ContainerStatus) {
	p.state("State", &s.State)
	if s.LastTerminationState.Terminated != nil {
		p.state("Last State", &s.LastTerminationState)
	}
	ready := "False"
	if s.Ready {
		ready = "True"
	}
	p.fields(2, field{"Ready", ready}, field{"Restart Count", s.RestartCount})
}

func (p *page) state(title string, s *corev1.ContainerState) {
	switch {
	case s.Running != nil:
		p.fields(2, field{title, "Running"})
		p.fields(3, field{"Started", p.time(s.Running.StartedAt.Time)})
	case s.Waiting != nil:
		p.fields(2, field{title, "Waiting"})
		p.given(3, "Reason", s.Waiting.Reason)
	case s.Terminated != nil:
		t := s.Terminated
		p.fields(2, field{title, "Terminated"})
		p.given(3, "Reason", t.Reason)
		p.given(3, "Message", t.Message)
		p.fields(3, field{"Exit Code", t.ExitCode})
		if t.Signal > 0 {
			p.fields(3, field{"Signal", t.Signal})
		}
		p.fields(3, field{"Started", p.time(t.StartedAt.Time)}, field{"Finished", p.time(t.FinishedAt.Time)})
	default:
		p.fields(2, field{title, "Waiting"})
	}
}
