package state

import (
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// deployment is one that is ready with three pods; each case spoils it.
func deployment(spoil func(*appsv1.Deployment)) *Deployment {
	replicas := int32(3)
	d := &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "chain-link-deployment-1", Generation: 4},
		Spec:       appsv1.DeploymentSpec{Replicas: &replicas},
		Status: appsv1.DeploymentStatus{
			ObservedGeneration: 4, Replicas: 3, UpdatedReplicas: 3, ReadyReplicas: 3, AvailableReplicas: 3,
			Conditions: []appsv1.DeploymentCondition{
				{Type: appsv1.DeploymentAvailable, Status: corev1.ConditionTrue, Reason: "MinimumReplicasAvailable"},
				{Type: appsv1.DeploymentProgressing, Status: corev1.ConditionTrue, Reason: "NewReplicaSetAvailable"},
			},
		},
	}
	spoil(d)
	kept, _ := DeploymentOf(d)
	return &kept
}

func condition(d *appsv1.Deployment, kind appsv1.DeploymentConditionType, status corev1.ConditionStatus, reason, message string) {
	for i := range d.Status.Conditions {
		if d.Status.Conditions[i].Type == kind {
			d.Status.Conditions = append(d.Status.Conditions[:i], d.Status.Conditions[i+1:]...)
			break
		}
	}
	if reason != "" {
		d.Status.Conditions = append(d.Status.Conditions, appsv1.DeploymentCondition{Type: kind, Status: status, Reason: reason, Message: message})
	}
}

func TestRollout(t *testing.T) {
	now := metav1.NewTime(time.Unix(1e9, 0))
	for _, c := range []struct {
		name  string
		spoil func(*appsv1.Deployment)
		want  Status
		says  string
	}{
		{"complete", func(*appsv1.Deployment) {}, Ready, "3 of 3 pods ready"},
		{"deletion wins over all", func(d *appsv1.Deployment) { d.DeletionTimestamp = &now; d.Spec.Paused = true }, Terminating, "deleted"},
		{"no status yet", func(d *appsv1.Deployment) { d.Status = appsv1.DeploymentStatus{} }, InProgress, "generation 4"},
		{"status without observedGeneration", func(d *appsv1.Deployment) { d.Status.ObservedGeneration = 0 }, InProgress, "generation 4"},
		{"neither generation nor observedGeneration", func(d *appsv1.Deployment) { d.Generation, d.Status.ObservedGeneration = 0, 0 }, InProgress, "generation 0"},
		{"older generation", func(d *appsv1.Deployment) { d.Status.ObservedGeneration = 3; d.Spec.Paused = true }, InProgress, "generation 4"},
		{"paused", func(d *appsv1.Deployment) { d.Spec.Paused = true; d.Status.UpdatedReplicas = 1 }, Paused, "1 of 3"},
		{"scaled to zero", func(d *appsv1.Deployment) { *d.Spec.Replicas = 0; d.Status.Replicas = 0 }, ScaledToZero, "no pod"},
		{"deadline", func(d *appsv1.Deployment) {
			condition(d, "Progressing", "False", "ProgressDeadlineExceeded", "")
			d.Status.AvailableReplicas = 1
		}, Failed, "1 of 3 updated pods available"},
		{"too few created", func(d *appsv1.Deployment) { d.Status.Replicas = 1; d.Status.UpdatedReplicas = 1 }, InProgress, "1 of 3 pods created"},
		{"too few updated", func(d *appsv1.Deployment) { d.Status.Replicas = 4; d.Status.UpdatedReplicas = 2 }, InProgress, "2 of 3 pods updated"},
		{"old ones left", func(d *appsv1.Deployment) { d.Status.Replicas = 4 }, InProgress, "1 old pod still to end"},
		{"not available", func(d *appsv1.Deployment) { d.Status.AvailableReplicas = 2 }, InProgress, "2 of 3 updated pods available"},
		{"not ready", func(d *appsv1.Deployment) { d.Status.ReadyReplicas = 2 }, InProgress, "2 of 3 pods ready"},
		{"numbers right, no conditions", func(d *appsv1.Deployment) { d.Status.Conditions = nil }, InProgress, "about to finish"},
		{"numbers right, not yet complete", func(d *appsv1.Deployment) { condition(d, "Progressing", "True", "ReplicaSetUpdated", "") }, InProgress, "about to finish"},
		{"numbers right, not available", func(d *appsv1.Deployment) { condition(d, "Available", "False", "MinimumReplicasUnavailable", "") }, InProgress, "about to finish"},
		{"no deadline, so no Progressing", func(d *appsv1.Deployment) {
			none := int32(1<<31 - 1)
			d.Spec.ProgressDeadlineSeconds = &none
			condition(d, "Progressing", "", "", "")
		}, Ready, "3 of 3"},
		{"replicas left out means one", func(d *appsv1.Deployment) {
			d.Spec.Replicas = nil
			d.Status.Replicas, d.Status.UpdatedReplicas, d.Status.ReadyReplicas, d.Status.AvailableReplicas = 1, 1, 1, 1
		}, Ready, "1 of 1"},
		{"pods refused", func(d *appsv1.Deployment) {
			d.Status.Replicas, d.Status.UpdatedReplicas = 0, 0
			condition(d, "ReplicaFailure", "True", "FailedCreate", "exceeded quota")
		}, Failing, "exceeded quota (0 of 3 pods created)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Rollout(deployment(c.spoil), nil)
			if got.Status != c.want || !strings.Contains(got.Message, c.says) {
				t.Errorf("got %q, %q; want %q, … %q …", got.Status, got.Message, c.want, c.says)
			}
		})
	}
}

// A rollout that its new pod holds up names that pod, whose events say why, and not the old one that has to stay.
func TestANewPodThatIsNotReadyIsNamed(t *testing.T) {
	p := pod("p1", "rs2")
	p.Status.ContainerStatuses[0].Ready = false
	p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionFalse}}
	surged := func(d *appsv1.Deployment) { d.Status.Replicas = 4 }
	got := Rollout(deployment(surged), []Pod{PodOf(p)})
	if want := "a new pod is not ready, 1 old pod still to end"; got.Status != InProgress || got.Pod != "p1" || got.Message != want {
		t.Errorf("got %+v; want in progress, pod p1: %s", got, want)
	}
	got = Rollout(deployment(surged), []Pod{PodOf(pod("p1", "rs2"))})
	if want := "1 old pod still to end"; got.Pod != "" || got.Message != want {
		t.Errorf("once it is ready: got %+v; want %s", got, want)
	}
}

// TestFailing: each reason of a waiting container, and of a pod without a node, fails a rollout that is under way at
// once, and none that is complete.
func TestFailing(t *testing.T) {
	waiting := func(reason string) *corev1.Pod {
		p := pod("p1", "rs2")
		p.Status.ContainerStatuses[0].Ready = false
		p.Status.ContainerStatuses[0].State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: "the kubelet says so"}}
		p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionFalse}}
		return p
	}
	unschedulable := pod("p1", "rs2")
	unschedulable.Status = corev1.PodStatus{Phase: corev1.PodPending, Conditions: []corev1.PodCondition{
		{Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: "Unschedulable", Message: "0/1 nodes are available: 1 node(s) were unschedulable."},
	}}
	evicted := pod("p1", "rs2")
	evicted.Status = corev1.PodStatus{Phase: corev1.PodFailed, Reason: "Evicted", Message: "The node was low on resource: memory."}
	deleting := waiting("CrashLoopBackOff")
	deleting.DeletionTimestamp = &metav1.Time{Time: time.Unix(1e9, 0)}
	type row struct {
		name      string
		pod       *corev1.Pod
		status    Status
		reason    string
		container string
	}
	rows := []row{
		{"unschedulable", unschedulable, Failing, "Unschedulable", ""},
		{"evicted, with nothing in its place", evicted, Failing, "Evicted", ""},
		{"ContainerCreating", waiting("ContainerCreating"), InProgress, "", ""},
		{"PodInitializing", waiting("PodInitializing"), InProgress, "", ""},
		{"being deleted", deleting, InProgress, "", ""},
		{"ready", pod("p1", "rs2"), InProgress, "", ""},
	}
	for _, reason := range []string{
		"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CrashLoopBackOff", "RunContainerError",
		"CreateContainerConfigError", "StartError", "ErrImageNeverPull", "CreateContainerError",
	} {
		rows = append(rows, row{reason, waiting(reason), Failing, reason, "chain-link"})
	}
	under := func(d *appsv1.Deployment) {
		*d.Spec.Replicas, d.Status.Replicas, d.Status.UpdatedReplicas, d.Status.AvailableReplicas = 1, 1, 1, 0
	}
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			kept := PodOf(c.pod)
			got := Rollout(deployment(under), []Pod{kept})
			if got.Status != c.status || got.Reason != c.reason || got.Container != c.container {
				t.Errorf("under way: got %+v; want %s, reason %q, container %q", got, c.status, c.reason, c.container)
			}
			if c.status == Failing && (got.Pod != "p1" || !strings.Contains(got.Message, c.reason)) {
				t.Errorf("under way: got %+v; want pod p1 and its reason in the message", got)
			}
			if got := Rollout(deployment(func(*appsv1.Deployment) {}), []Pod{kept}); got.Status != Ready {
				t.Errorf("complete: got %+v; want ready", got)
			}
			late := deployment(func(d *appsv1.Deployment) {
				under(d)
				condition(d, "Progressing", "False", "ProgressDeadlineExceeded", "")
			})
			if got := Rollout(late, []Pod{kept}); got.Status != Failed || c.reason != "" && got.Reason != c.reason {
				t.Errorf("past its deadline: got %+v; want failed with reason %q", got, c.reason)
			}
		})
	}
}

// TestFailedRemnant: a pod that failed and was replaced says nothing of the rollout.
func TestFailedRemnant(t *testing.T) {
	evicted := pod("p0", "rs2")
	evicted.Status = corev1.PodStatus{Phase: corev1.PodFailed, Reason: "Evicted"}
	starting := pod("p1", "rs2")
	starting.Status.ContainerStatuses[0].Ready = false
	d := deployment(func(d *appsv1.Deployment) {
		*d.Spec.Replicas, d.Status.Replicas, d.Status.UpdatedReplicas, d.Status.AvailableReplicas = 1, 1, 1, 0
	})
	if got := Rollout(d, []Pod{PodOf(evicted), PodOf(starting)}); got.Status != InProgress {
		t.Errorf("got %+v; want it under way", got)
	}
}

func TestBarePod(t *testing.T) {
	for _, c := range []struct {
		phase corev1.PodPhase
		ready corev1.ConditionStatus
		want  Status
	}{
		{corev1.PodRunning, corev1.ConditionTrue, Ready},
		{corev1.PodRunning, corev1.ConditionFalse, InProgress},
		{corev1.PodPending, corev1.ConditionFalse, InProgress},
		{corev1.PodSucceeded, corev1.ConditionFalse, Failed},
		{corev1.PodFailed, corev1.ConditionFalse, Failed},
	} {
		p := pod("loadgenerator", "")
		p.Status.Phase = c.phase
		p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: c.ready}}
		kept := PodOf(p)
		if got := bare(&kept); got.Status != c.want {
			t.Errorf("%s, ready %s: got %+v, want %s", c.phase, c.ready, got, c.want)
		}
	}
}
