//go:build e2e

package write_test

import (
	"testing"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/kubetest"
	"github.com/chaintui/chaintui/internal/kube/write"
)

func (b *bench) replicas(i int) int32 {
	b.t.Helper()
	d, err := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace).Get(b.ctx, chain.DeploymentName(i), metav1.GetOptions{})
	if err != nil {
		b.t.Fatal(err)
	}
	return *d.Spec.Replicas
}

func TestScaleAndAutoscalers(t *testing.T) {
	b := newBench(t)
	b.change(deploy(2))
	b.change(write.Scale(1, 3))
	if n := b.replicas(1); n != 3 {
		t.Errorf("%d replicas; want 3", n)
	}
	low := int32(1)
	scaler := &autoscalingv2.HorizontalPodAutoscaler{
		ObjectMeta: metav1.ObjectMeta{Name: "one"},
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{MinReplicas: &low, MaxReplicas: 5,
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: chain.DeploymentName(1)}},
	}
	if _, err := kubetest.Clientset(b.cluster).AutoscalingV2().HorizontalPodAutoscalers(b.cluster.Namespace).Create(b.ctx, scaler, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	b.change(write.Redeploy([]int{1}, ""))
	if n := b.replicas(1); n != 3 {
		t.Errorf("%d replicas once an autoscaler owns them; want 3 still", n)
	}
	// The autoscaler's work, which needs metrics that are not here.
	deployments := kubetest.Clientset(b.cluster).AppsV1().Deployments(b.cluster.Namespace)
	scale := &autoscalingv1.Scale{ObjectMeta: metav1.ObjectMeta{Name: chain.DeploymentName(1), Namespace: b.cluster.Namespace}, Spec: autoscalingv1.ScaleSpec{Replicas: 2}}
	if _, err := deployments.UpdateScale(b.ctx, chain.DeploymentName(1), scale, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	b.change(write.Redeploy(nil, ""))
	if n := b.replicas(1); n != 2 {
		t.Errorf("%d replicas; want the autoscaler's 2", n)
	}
}
