package load

import (
	"github.com/prometheus/client_golang/prometheus"
)

// latencies shows the HDR histogram to Prometheus as a summary, so that each latency is recorded once.
type latencies struct{ stats *stats }

var latencyDesc = prometheus.NewDesc("chain_load_latency_seconds", "Latency since the start, from the moment a request was due.", nil, nil)

// Describe implements prometheus.Collector.
func (latencies) Describe(to chan<- *prometheus.Desc) { to <- latencyDesc }

// Collect implements prometheus.Collector.
func (l latencies) Collect(to chan<- prometheus.Metric) {
	l.stats.mu.Lock()
	defer l.stats.mu.Unlock()
	h := l.stats.total.latency
	quantiles := map[float64]float64{}
	for _, q := range []float64{.5, .9, .95, .99, .999} {
		quantiles[q] = float64(h.ValueAtQuantile(q*100)) / 1e6
	}
	n := h.TotalCount()
	to <- prometheus.MustNewConstSummary(latencyDesc, uint64(n), h.Mean()*float64(n)/1e6, quantiles)
}
