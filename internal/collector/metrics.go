package collector

import (
	"net/http"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/chaintui/chaintui/internal/collector/store"
)

// metrics carry the names of a Zipkin server's where that has them, so that its dashboards work.
type metrics struct {
	messages, messagesDropped, bytes, spans prometheus.Counter
	handler                                 http.Handler
}

func newMetrics(kept *store.Store) *metrics {
	labels := prometheus.Labels{"transport": "http"}
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help, ConstLabels: labels})
	}
	m := &metrics{
		messages:        counter("zipkin_collector_messages_total", "POSTs of spans received."),
		messagesDropped: counter("zipkin_collector_messages_dropped_total", "POSTs of spans refused."),
		bytes:           counter("zipkin_collector_bytes_total", "Bytes of spans received, unpacked."),
		spans:           counter("zipkin_collector_spans_total", "Spans received."),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.messages, m.messagesDropped, m.bytes, m.spans, storeMetrics{kept})
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	return m
}

// storeMetrics reads the store when asked. It implements prometheus.Collector.
type storeMetrics struct{ store *store.Store }

var (
	storedSpans   = prometheus.NewDesc("chaintui_collector_spans", "Spans in memory.", nil, nil)
	storedTraces  = prometheus.NewDesc("chaintui_collector_traces", "Traces in memory.", nil, nil)
	storedBytes   = prometheus.NewDesc("chaintui_collector_bytes", "Bytes that the spans in memory take.", nil, nil)
	evictedSpans  = prometheus.NewDesc("chaintui_collector_evicted_spans_total", "Spans let go for newer ones.", nil, nil)
	evictedTraces = prometheus.NewDesc("chaintui_collector_evicted_traces_total", "Traces let go for newer ones.", nil, nil)
	repeatedSpans = prometheus.NewDesc("chaintui_collector_repeated_spans_total", "Spans received again and not kept twice.",
		nil, nil)
)

func (storeMetrics) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{
		storedSpans, storedTraces, storedBytes, evictedSpans, evictedTraces, repeatedSpans,
	} {
		out <- desc
	}
}

func (m storeMetrics) Collect(out chan<- prometheus.Metric) {
	stats := m.store.Stats()
	gauge := func(desc *prometheus.Desc, v int) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(v))
	}
	count := func(desc *prometheus.Desc, v uint64) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(v))
	}
	gauge(storedSpans, stats.Spans)
	gauge(storedTraces, stats.Traces)
	gauge(storedBytes, stats.Bytes)
	count(evictedSpans, stats.EvictedSpans)
	count(evictedTraces, stats.EvictedTraces)
	count(repeatedSpans, stats.RepeatedSpans)
}

func (s *Server) getMetrics(w http.ResponseWriter, r *http.Request, _ url.Values) {
	s.metrics.handler.ServeHTTP(w, r)
}
