package spans

import (
	"encoding/json"
	"net"
	"reflect"
	"testing"
	"time"

	"github.com/openzipkin/zipkin-go/model"
)

var yes = true

func full() model.SpanModel {
	parent := model.ID(7)
	return model.SpanModel{
		SpanContext:    model.SpanContext{TraceID: model.TraceID{High: 1, Low: 0xabc}, ID: 5, ParentID: &parent, Sampled: &yes, Debug: true},
		Name:           "GET /",
		Kind:           model.Client,
		Timestamp:      time.Unix(1_700_000_000, 123_456_789),
		Duration:       1500*time.Microsecond + 600,
		Shared:         true,
		LocalEndpoint:  &model.Endpoint{ServiceName: "Here", IPv4: net.IPv4(10, 0, 0, 1), Port: 8000},
		RemoteEndpoint: &model.Endpoint{ServiceName: "there", IPv6: net.ParseIP("2001:db8::1")},
		Annotations:    []model.Annotation{{Timestamp: time.Unix(1_700_000_000, 0), Value: "a \"quoted\"\nline"}, {Timestamp: time.Unix(1_700_000_001, 0), Value: "é"}},
		Tags:           map[string]string{"error": "\x1b[31m", "http.path": "/a?b=<c>&d"},
	}
}

// same tells that ours says what zipkin-go's own encoding says.
func same(t *testing.T, s model.SpanModel) {
	t.Helper()
	want, err := json.Marshal(s)
	if err != nil {
		return // what it refuses, such as a negative duration, is not compared
	}
	got := newEncoder(nil, nil).append(nil, &s)
	var a, b map[string]any
	if err := json.Unmarshal(got, &a); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	if err := json.Unmarshal(want, &b); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("encoded as\n%s, zipkin-go's is\n%s", got, want)
	}
}

func TestEncodingIsZipkinGos(t *testing.T) {
	same(t, full())
	same(t, model.SpanModel{SpanContext: model.SpanContext{TraceID: model.TraceID{Low: 1}, ID: 1}})
	same(t, model.SpanModel{SpanContext: model.SpanContext{TraceID: model.TraceID{Low: 1}, ID: 1}, Timestamp: time.Unix(5, 0), Duration: 1})
	same(t, model.SpanModel{SpanContext: model.SpanContext{TraceID: model.TraceID{Low: 1}, ID: 1}, LocalEndpoint: &model.Endpoint{Port: 1}})
}

func TestSharedPartsAreAdded(t *testing.T) {
	e := newEncoder(&model.Endpoint{ServiceName: "link", Port: 8000}, [][2]string{{"pod", `p"1`}, {"node", ""}, {"namespace", "demo"}})
	s := model.SpanModel{SpanContext: model.SpanContext{TraceID: model.TraceID{Low: 1}, ID: 1}, Tags: map[string]string{"a": "b"}}
	var got struct {
		LocalEndpoint struct {
			ServiceName string
			Port        int
		}
		Tags map[string]string
	}
	if err := json.Unmarshal(e.append(nil, &s), &got); err != nil {
		t.Fatal(err)
	}
	if got.LocalEndpoint.ServiceName != "link" || got.LocalEndpoint.Port != 8000 ||
		!reflect.DeepEqual(got.Tags, map[string]string{"pod": `p"1`, "namespace": "demo", "a": "b"}) {
		t.Errorf("%+v", got)
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("get /", "link", "key", "value", int64(1_700_000_000_000_000), int64(1500))
	f.Add("\xff\x00", "\u2028", "\"", "\\", int64(1_000_000_000), int64(0))
	f.Fuzz(func(t *testing.T, name, service, key, value string, at, took int64) {
		s := full()
		s.Name, s.LocalEndpoint.ServiceName, s.Tags[key], s.Annotations[0].Value = name, service, value, value
		s.Timestamp, s.Duration = time.UnixMicro(at%(1<<52)), time.Duration(took)
		same(t, s)
	})
}

func BenchmarkEncode(b *testing.B) {
	e := newEncoder(&model.Endpoint{ServiceName: "chain-link-service-0", Port: 8000}, [][2]string{{"k8s.pod.name", "pod"}})
	s := full()
	s.LocalEndpoint, s.Annotations = nil, nil
	s.Tags = map[string]string{"http.method": "GET", "http.path": "/forward"}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = e.append(buf[:0], &s)
	}
}
