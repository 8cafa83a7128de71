package state

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func statusOf(state corev1.ContainerState, ready bool, restarts int32) corev1.ContainerStatus {
	return corev1.ContainerStatus{Name: "c", State: state, Ready: ready, RestartCount: restarts}
}

func TestColumn(t *testing.T) {
	running := corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}
	waits := func(reason string) corev1.ContainerState {
		return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason}}
	}
	ended := func(code, signal int32, reason string) corev1.ContainerState {
		return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: code, Signal: signal, Reason: reason}}
	}
	ready := corev1.PodCondition{Type: corev1.PodReady, Status: corev1.ConditionTrue}
	initialised := corev1.PodCondition{Type: corev1.PodInitialized, Status: corev1.ConditionTrue}
	for _, c := range []struct {
		name     string
		status   corev1.PodStatus
		deleted  bool
		column   string
		restarts int32
	}{
		{"phase", corev1.PodStatus{Phase: corev1.PodPending}, false, "Pending", 0},
		{"reason over phase", corev1.PodStatus{Phase: corev1.PodFailed, Reason: "Evicted"}, false, "Evicted", 0},
		{"gated", corev1.PodStatus{Phase: corev1.PodPending, Conditions: []corev1.PodCondition{
			{Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: corev1.PodReasonSchedulingGated}}}, false, "SchedulingGated", 0},
		{"running", corev1.PodStatus{Phase: corev1.PodRunning, Conditions: []corev1.PodCondition{ready},
			ContainerStatuses: []corev1.ContainerStatus{statusOf(running, true, 2)}}, false, "Running", 2},
		{"waiting", corev1.PodStatus{Phase: corev1.PodPending,
			ContainerStatuses: []corev1.ContainerStatus{statusOf(waits("ImagePullBackOff"), false, 0)}}, false, "ImagePullBackOff", 0},
		{"the first container's word counts", corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: []corev1.ContainerStatus{
			statusOf(waits("CrashLoopBackOff"), false, 3), statusOf(waits("ErrImagePull"), false, 1)}}, false, "CrashLoopBackOff", 4},
		{"killed", corev1.PodStatus{Phase: corev1.PodFailed, ContainerStatuses: []corev1.ContainerStatus{statusOf(ended(137, 9, ""), false, 0)}}, false, "Signal:9", 0},
		{"ended", corev1.PodStatus{Phase: corev1.PodFailed, ContainerStatuses: []corev1.ContainerStatus{statusOf(ended(3, 0, ""), false, 0)}}, false, "ExitCode:3", 0},
		{"completed beside a running one", corev1.PodStatus{Phase: corev1.PodRunning, Conditions: []corev1.PodCondition{ready}, ContainerStatuses: []corev1.ContainerStatus{
			statusOf(ended(0, 0, "Completed"), false, 0), statusOf(running, true, 0)}}, false, "Running", 0},
		{"completed beside one that is not ready", corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: []corev1.ContainerStatus{
			statusOf(ended(0, 0, "Completed"), false, 0), statusOf(running, true, 0)}}, false, "NotReady", 0},
		{"completed beside one that failed", corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: []corev1.ContainerStatus{
			statusOf(ended(0, 0, "Completed"), false, 0), statusOf(ended(1, 0, "Error"), false, 0)}}, false, "Error", 0},
		{"init failing", corev1.PodStatus{Phase: corev1.PodPending, InitContainerStatuses: []corev1.ContainerStatus{statusOf(ended(1, 0, "Error"), false, 5)},
			ContainerStatuses: []corev1.ContainerStatus{statusOf(waits("PodInitializing"), false, 0)}}, false, "Init:Error", 5},
		{"init waiting", corev1.PodStatus{Phase: corev1.PodPending, InitContainerStatuses: []corev1.ContainerStatus{statusOf(waits("ImagePullBackOff"), false, 0)}}, false, "Init:ImagePullBackOff", 0},
		{"init under way", corev1.PodStatus{Phase: corev1.PodPending, InitContainerStatuses: []corev1.ContainerStatus{statusOf(running, false, 0)}}, false, "Init:0/1", 0},
		{"init done", corev1.PodStatus{Phase: corev1.PodRunning, Conditions: []corev1.PodCondition{ready, initialised},
			InitContainerStatuses: []corev1.ContainerStatus{statusOf(ended(0, 0, "Completed"), true, 1)},
			ContainerStatuses:     []corev1.ContainerStatus{statusOf(running, true, 0)}}, false, "Running", 0},
		{"deleted", corev1.PodStatus{Phase: corev1.PodRunning, ContainerStatuses: []corev1.ContainerStatus{statusOf(running, true, 0)}}, true, "Terminating", 0},
		{"deleted, of a lost node", corev1.PodStatus{Phase: corev1.PodRunning, Reason: "NodeLost"}, true, "Unknown", 0},
		{"deleted, and ended", corev1.PodStatus{Phase: corev1.PodSucceeded, ContainerStatuses: []corev1.ContainerStatus{statusOf(ended(0, 0, "Completed"), false, 0)}}, true, "Completed", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &corev1.Pod{Status: c.status}
			p.Spec.InitContainers = []corev1.Container{{Name: "c"}}
			if c.deleted {
				p.DeletionTimestamp = &metav1.Time{Time: epoch}
			}
			if got, n := Column(p), restarts(p); got != c.column || n != c.restarts {
				t.Errorf("got %q, %d restarts; want %q, %d", got, n, c.column, c.restarts)
			}
		})
	}
}

func TestWhyNotReady(t *testing.T) {
	p := pod("p", "rs")
	p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", Message: "containers with unready status: [chain-link]"}}
	p.Status.ContainerStatuses[0].LastTerminationState.Terminated = &corev1.ContainerStateTerminated{
		Reason: "OOMKilled", ExitCode: 137, FinishedAt: metav1.NewTime(epoch.Add(time.Minute)),
	}
	got := PodOf(p)
	want(t, "reason", got.Reason, "ContainersNotReady")
	want(t, "last exit", got.LastExit, "OOMKilled (137)")
	want(t, "its time", got.LastExitAt, epoch.Add(time.Minute))
	p.Status.ContainerStatuses[0].State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff", Message: "back-off\x1b[2J 10s\n"}}
	got = PodOf(p)
	want(t, "a container's reason comes first", got.Reason, "CrashLoopBackOff")
	want(t, "its message is made safe", got.Message, "back-off 10s ")
}
