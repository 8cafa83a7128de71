package kube

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	wire "k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"sigs.k8s.io/randfill"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// randomPods are pods with anything in any field.
func randomPods(n int) []corev1.Pod {
	fill := randfill.New().NilChance(0.2).NumElements(0, 3).RandSource(rand.NewSource(1)).Funcs(
		func(t *metav1.Time, c randfill.Continue) { *t = metav1.Unix(c.Int63n(1<<32), 0) },
		func(f *metav1.FieldsV1, c randfill.Continue) { f.SetRawBytes([]byte(c.String(200))) },
	)
	pods := make([]corev1.Pod, n)
	for i := range pods {
		fill.Fill(&pods[i])
		pods[i].Labels = chain.Selector(i)
		if i%4 > 0 {
			pods[i].DeletionTimestamp = nil // else all of them would only be terminating
		}
		for _, statuses := range [][]corev1.ContainerStatus{pods[i].Status.ContainerStatuses, pods[i].Status.InitContainerStatuses} {
			for k := range min(len(statuses), len(pods[i].Spec.Containers)) { // a status belongs to a container
				statuses[k].Name = pods[i].Spec.Containers[k].Name
			}
		}
	}
	return pods
}

func encode(t testing.TB, object runtime.Object) []byte {
	t.Helper()
	var data bytes.Buffer
	if err := codecs.EncoderForVersion(wire.NewSerializer(scheme, scheme), corev1.SchemeGroupVersion).Encode(object, &data); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// Whatever a pod is, a watcher sees the same of it.
func TestALeanPodSaysTheSame(t *testing.T) {
	decoder := wire.NewSerializer(scheme, scheme)
	seen := map[string]bool{}
	pods := randomPods(100)
	for i := range pods {
		data := encode(t, &pods[i])
		object, _, err := leanDecoder{decoder}.Decode(data, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := object.(*corev1.Pod)
		if diff := cmp.Diff(state.PodOf(&pods[i]), state.PodOf(got)); diff != "" {
			t.Fatal(diff)
		}
		if got.ManagedFields != nil || got.Spec.Volumes != nil || got.ResourceVersion != pods[i].ResourceVersion {
			t.Fatalf("kept more or less: %+v", got)
		}
		seen[state.PodOf(got).State] = true
	}
	if len(seen) < 20 {
		t.Errorf("the pods are too much alike: %d states", len(seen))
	}
	list := &corev1.PodList{ListMeta: metav1.ListMeta{ResourceVersion: "7", Continue: "more"}, Items: pods}
	object, _, err := leanDecoder{decoder}.Decode(encode(t, list), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := object.(*corev1.PodList)
	if got.ListMeta != list.ListMeta || len(got.Items) != len(pods) || got.Items[7].Name != pods[7].Name {
		t.Errorf("%+v with %d pods", got.ListMeta, len(got.Items))
	}
}

// Other kinds come whole, and what is no object is left to the decoder.
func TestOnlyPodsAreLean(t *testing.T) {
	m := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "a", ManagedFields: []metav1.ManagedFieldsEntry{{Manager: "b"}}}, Data: map[string]string{"k": "v"}}
	for _, data := range [][]byte{nil, []byte("{}"), []byte("k8s\x00"), []byte("k8s\x00\xff\xff"), encode(t, m), encode(t, &randomPods(1)[0])[:100]} {
		if got := strip(new([]byte), data); !bytes.Equal(got, data) {
			t.Errorf("%q became %q", data, got)
		}
	}
}

func FuzzStrip(f *testing.F) {
	seed := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "a", Labels: chain.Selector(1)}}
	seed.Spec.NodeName, seed.Spec.Containers = "n0", []corev1.Container{{Name: "c", Image: "i:1", Env: []corev1.EnvVar{{Name: "k"}}}}
	seed.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "c", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "r"}}}}
	f.Add(encode(f, seed))
	decoder := wire.NewSerializer(scheme, scheme)
	f.Fuzz(func(t *testing.T, data []byte) {
		full, _, err := decoder.Decode(data, nil, nil)
		leanly, _, leanErr := leanDecoder{decoder}.Decode(data, nil, nil)
		if err != nil { // what is dropped is not read, so its faults don't count
			return
		}
		if leanErr != nil {
			t.Fatal(leanErr)
		}
		if pod, ok := full.(*corev1.Pod); ok && !reflect.DeepEqual(state.PodOf(pod), state.PodOf(leanly.(*corev1.Pod))) {
			t.Fatal(cmp.Diff(state.PodOf(pod), state.PodOf(leanly.(*corev1.Pod))))
		}
	})
}

// BenchmarkDecode is a pod of a link as a cluster has it: with its managed fields, probes, and conditions.
func BenchmarkDecode(b *testing.B) {
	text, err := os.ReadFile("testdata/pod.json")
	if err != nil {
		b.Fatal(err)
	}
	var p corev1.Pod
	if err := json.Unmarshal(text, &p); err != nil {
		b.Fatal(err)
	}
	data, decoder := encode(b, &p), wire.NewSerializer(scheme, scheme)
	for name, d := range map[string]runtime.Decoder{"whole": decoder, "lean": leanDecoder{decoder}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := d.Decode(data, nil, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
