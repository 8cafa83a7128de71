package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// allContainers are those that come first, those that stay, and those that came later to look at the others.
func (p *page) allContainers(pod *corev1.Pod) {
	spec, status := &pod.Spec, &pod.Status
	if len(spec.InitContainers) > 0 {
		p.containers("Init Containers", pod, spec.InitContainers, status.InitContainerStatuses)
	}
	p.containers("Containers", pod, spec.Containers, status.ContainerStatuses)
	if len(spec.EphemeralContainers) > 0 {
		var all []corev1.Container
		for _, c := range spec.EphemeralContainers {
			all = append(all, corev1.Container(c.EphemeralContainerCommon))
		}
		p.containers("Ephemeral Containers", pod, all, status.EphemeralContainerStatuses)
	}
}

func (p *page) containers(title string, pod *corev1.Pod, all []corev1.Container, statuses []corev1.ContainerStatus) {
	if len(all) == 0 {
		title += ": " + none
	} else {
		title += ":"
	}
	p.line(0, title)
	for _, c := range all {
		i := slices.IndexFunc(statuses, func(s corev1.ContainerStatus) bool { return s.Name == c.Name })
		if i < 0 {
			p.container(pod, &c, nil)
		} else {
			p.container(pod, &c, &statuses[i])
		}
	}
}

// container is one of the pod's; its status is nil until a kubelet has reported one.
func (p *page) container(pod *corev1.Pod, c *corev1.Container, status *corev1.ContainerStatus) {
	p.line(1, c.Name+":")
	if status != nil {
		p.fields(2, field{"Container ID", status.ContainerID})
	}
	p.fields(2, field{"Image", c.Image})
	if status != nil {
		p.fields(2, field{"Image ID", status.ImageID})
	}
	p.ports("Port", c.Ports, func(port corev1.ContainerPort) int32 { return port.ContainerPort })
	p.ports("Host Port", c.Ports, func(port corev1.ContainerPort) int32 { return port.HostPort })
	if c.SecurityContext != nil {
		p.seccomp(2, 3, c.SecurityContext.SeccompProfile)
	}
	p.words("Command", c.Command)
	p.words("Args", c.Args)
	if status != nil {
		p.containerStatus(status)
	}
	p.resources(2, &c.Resources)
	p.probe("Liveness", c.LivenessProbe)
	p.probe("Readiness", c.ReadinessProbe)
	p.probe("Startup", c.StartupProbe)
	p.environment(pod, c)
	p.mounts(c)
}

func (p *page) ports(title string, all []corev1.ContainerPort, number func(corev1.ContainerPort) int32) {
	var texts []string
	for _, port := range all {
		text := fmt.Sprintf("%d/%s", number(port), port.Protocol)
		if port.Name != "" {
			text += " (" + port.Name + ")"
		}
		texts = append(texts, text)
	}
	switch len(texts) {
	case 0:
		texts = []string{none}
	case 1:
	default:
		title += "s"
	}
	p.fields(2, field{title, strings.Join(texts, ", ")})
}

// words are what a container runs, each in lines of its own.
func (p *page) words(title string, all []string) {
	if len(all) > 0 {
		p.line(2, title+":")
	}
	for _, word := range all {
		for _, line := range lines(word) {
			p.line(3, line)
		}
	}
}

func (p *page) resources(level int, r *corev1.ResourceRequirements) {
	p.quantities(level, "Limits", r.Limits)
	p.quantities(level, "Requests", r.Requests)
}

func (p *page) quantities(level int, title string, all corev1.ResourceList) {
	if len(all) > 0 {
		p.line(level, title+":")
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		quantity := all[name]
		p.fields(level+1, field{string(name), quantity.String()})
	}
}

// mounts are where the container has the pod's volumes.
func (p *page) mounts(c *corev1.Container) {
	if len(c.VolumeMounts) == 0 {
		p.line(2, "Mounts:", none)
	} else {
		p.line(2, "Mounts:")
	}
	for _, m := range sorted(c.VolumeMounts, func(m corev1.VolumeMount) string { return m.MountPath }) {
		how := "rw"
		if m.ReadOnly {
			how = "ro"
		}
		if m.SubPath != "" {
			how += fmt.Sprintf(",path=%q", m.SubPath)
		}
		p.line(3, fmt.Sprintf("%s from %s (%s)", m.MountPath, m.Name, how))
	}
	if len(c.VolumeDevices) > 0 {
		p.line(2, "Devices:")
	}
	for _, d := range sorted(c.VolumeDevices, func(d corev1.VolumeDevice) string { return d.DevicePath }) {
		p.line(3, d.DevicePath+" from "+d.Name)
	}
}
