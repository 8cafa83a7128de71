package inspect_test

import (
	"math/rand"
	"reflect"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/randfill"

	"github.com/chaintui/chaintui/internal/kube/inspect"
	"github.com/chaintui/chaintui/internal/sanitise"
)

// words are what texts of odd pods are chosen from: few, so that a status finds its container; some mean something.
var words = []string{"", "a", "b", "metadata.name", "limits.cpu", "requests.memory", "limits.hugepages-2Mi", "x\ty\vz\xff", "\x1b[2J\r\n", "é"}

// FuzzPod describes pods of which anything may be missing, and of which anything may be odd.
func FuzzPod(f *testing.F) {
	for seed := range int64(64) {
		data := make([]byte, 1<<10)
		rand.New(rand.NewSource(seed)).Read(data)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fill := randfill.NewFromGoFuzz(data).NilChance(0.4).NumElements(1, 3).MaxDepth(16).Funcs(
			func(s *string, c randfill.Continue) { *s = words[c.Intn(len(words))] },
			func(when *metav1.Time, c randfill.Continue) { *when = metav1.Unix(c.Int63n(1<<32), 0) },
			func(when *metav1.MicroTime, c randfill.Continue) {
				*when = metav1.NewMicroTime(time.Unix(c.Int63n(1<<32), 0))
			},
			func(q *resource.Quantity, c randfill.Continue) {
				*q = *resource.NewMilliQuantity(c.Int63()-c.Int63(), resource.BinarySI)
			},
			func(v *corev1.VolumeSource, c randfill.Continue) { // of one kind at most
				c.FillNoCustom(v)
				kinds := reflect.ValueOf(v).Elem()
				kept := c.Intn(kinds.NumField())
				for i := range kinds.NumField() {
					if i != kept {
						kinds.Field(i).SetZero()
					}
				}
			},
		)
		var pod corev1.Pod
		var events corev1.EventList
		fill.Fill(&pod)
		fill.Fill(&events.Items)
		if text := inspect.Pod(&pod, &events, noon); text != sanitise.Text(text) {
			t.Errorf("not safe to show: %q", text)
		}
	})
}
