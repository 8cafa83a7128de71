// Package kubetest gives tests clusters: end-to-end tests a real one, a namespace of their own there and workloads to look at,
// others one whose API server they play.
//
// CHAINTUI_E2E_KUBECONFIG names the kubeconfig, CHAINTUI_E2E_IMAGE the link image as the cluster's nodes have it, and
// CHAINTUI_E2E_LAUNCHER the command that stops and starts the cluster's components and runs kubectl, as "localcluster --name
// test".
package kubetest

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
)

// Clientset is the cluster by client-go's own clients of every kind: more than the program has, and another's word for
// what it has done.
func Clientset(c *kube.Cluster) kubernetes.Interface {
	clients, err := kubernetes.NewForConfigAndClient(c.Config, c.HTTP)
	if err != nil { // Connect made its clients of the same configuration
		panic(err)
	}
	return clients
}

// Dynamic is the cluster by clients that know of no kind.
func Dynamic(c *kube.Cluster) dynamic.Interface {
	client, err := dynamic.NewForConfigAndClient(c.Config, c.HTTP)
	if err != nil {
		panic(err)
	}
	return client
}

// Need is an environment variable without which the test can't run; it is skipped then, and fails in CI.
func Need(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not set", name)
	}
	if value == "" {
		t.Skipf("%s is not set", name)
	}
	return value
}

// Cluster is the cluster, in a new namespace that is deleted after the test.
func Cluster(t *testing.T) *kube.Cluster {
	t.Helper()
	c, err := kube.Connect(kube.Options{Kubeconfig: Need(t, "CHAINTUI_E2E_KUBECONFIG")})
	if err != nil {
		t.Fatal(err)
	}
	ns, err := Clientset(c).CoreV1().Namespaces().Create(t.Context(), &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "e2e-read-"}}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := Clientset(c).CoreV1().Namespaces().Delete(ctx, ns.Name, metav1.DeleteOptions{}); err != nil {
			t.Errorf("namespace %s is left: %v", ns.Name, err)
		}
		c.Disconnect()
	})
	return c.In(ns.Name)
}

// Launcher runs the launcher's command on a component of the cluster.
func Launcher(t *testing.T, verb, component string) {
	t.Helper()
	args := append(strings.Fields(Need(t, "CHAINTUI_E2E_LAUNCHER")), verb, component)
	if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// Link creates link i as the older tool does, and its Service; args, when given, replace what the image runs.
func Link(t *testing.T, c *kube.Cluster, i int, replicas int32, args ...string) *appsv1.Deployment {
	t.Helper()
	labels := chain.Selector(i)
	user := int64(10001)
	d := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: chain.DeploymentName(i)}}
	d.Spec.Replicas = &replicas
	d.Spec.Selector = &metav1.LabelSelector{MatchLabels: labels}
	d.Spec.Template.Labels = labels
	d.Spec.Template.Spec = corev1.PodSpec{
		SecurityContext:               &corev1.PodSecurityContext{RunAsUser: &user},
		TerminationGracePeriodSeconds: new(int64),
		Volumes: []corev1.Volume{{Name: chain.ConfigMap, VolumeSource: corev1.VolumeSource{
			ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: chain.ConfigMap}},
		}}},
		Containers: []corev1.Container{{
			Name: chain.App, Image: Need(t, "CHAINTUI_E2E_IMAGE"), ImagePullPolicy: corev1.PullIfNotPresent, Args: args,
			Env:          []corev1.EnvVar{{Name: "CHAIN_LINK_SERVICE_NAME", Value: chain.ServiceName(i)}},
			VolumeMounts: []corev1.VolumeMount{{Name: chain.ConfigMap, MountPath: chain.ConfigDir}},
			ReadinessProbe: &corev1.Probe{PeriodSeconds: 1, ProbeHandler: corev1.ProbeHandler{
				HTTPGet: &corev1.HTTPGetAction{Path: "/readiness", Port: intstr.FromInt32(chain.LinkPort)},
			}},
		}},
	}
	s := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: chain.ServiceName(i), Labels: labels}, Spec: corev1.ServiceSpec{
		Selector: labels, Ports: []corev1.ServicePort{{Port: chain.ServicePort, TargetPort: intstr.FromInt32(chain.LinkPort)}},
	}}
	if _, err := Clientset(c).CoreV1().Services(c.Namespace).Create(t.Context(), s, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	d, err := Clientset(c).AppsV1().Deployments(c.Namespace).Create(t.Context(), d, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Order creates the chain's ConfigMap for n links.
func Order(t *testing.T, c *kube.Cluster, n int) {
	t.Helper()
	m := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: chain.ConfigMap}, Data: map[string]string{chain.OrderKey: chain.NewOrder(n).Encode()}}
	if _, err := Clientset(c).CoreV1().ConfigMaps(c.Namespace).Create(t.Context(), m, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}

// Crashing creates a chain of two links: a head of that many pods, and a tail that crashes again and again.
func Crashing(t *testing.T, c *kube.Cluster, replicas int32) {
	t.Helper()
	Order(t, c, 2)
	Link(t, c, 0, replicas)
	Link(t, c, 1, 1, "no-such-command")
}
