package chain

import "testing"

func TestACollectorOutside(t *testing.T) {
	for spans, want := range map[string]string{
		"http://zipkin-service/api/v2/spans": "", "http://zipkin-service.demo/api/v2/spans": "",
		"http://zipkin-service.demo.svc.cluster.local:80/api/v2/spans": "", "none": "", "": "", "ftp://a/": "",
		"http://zipkin-service.other/api/v2/spans": "http://zipkin-service.other",
		"http://zipkin-services/api/v2/spans":      "http://zipkin-services",
		"http://a:9411/api/v2/spans":               "http://a:9411", "http://a/b/": "http://a/b",
	} {
		if got, ok := CollectorOutside(spans, "demo"); got != want || ok != (want != "") {
			t.Errorf("%s: %q", spans, got)
		}
	}
}
