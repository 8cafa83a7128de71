package link

import (
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/chaintui/chaintui/internal/link/spans"
)

// metrics counts what the link does. Labels take few values: never a path, a caller or a message.
type metrics struct {
	registry  *prometheus.Registry
	codes     *prometheus.CounterVec
	byCode    [600]atomic.Pointer[prometheus.Counter] // codes, looked up once
	duration  prometheus.Histogram
	faults    *prometheus.CounterVec
	errors    prometheus.Counter
	latencies prometheus.Counter
	sleeps    prometheus.Counter
	reloads   *prometheus.CounterVec
	reloadOK  prometheus.Gauge
	panics    prometheus.Counter

	inFlight atomic.Int64
	requests atomic.Uint64
	failed   atomic.Uint64
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry()}
	m.codes = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chain_link_requests_total",
		Help: "Requests to / and /forward by the status they were answered with; 499 is a caller that went away."}, []string{"code"})
	m.duration = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "chain_link_request_duration_seconds",
		Help:    "Time to answer a request, calls to the next link included.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}})
	m.faults = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chain_link_faults_total",
		Help: "Requests that a fault acted on, by its kind."}, []string{"kind"})
	m.errors, m.latencies, m.sleeps = m.faults.WithLabelValues("error"), m.faults.WithLabelValues("latency"), m.faults.WithLabelValues("sleep")
	m.reloads = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chain_link_config_reloads_total",
		Help: "Times that a new configuration was found, by whether it was taken (ok) or not (failed)."}, []string{"result"})
	m.reloads.WithLabelValues("ok")
	m.reloads.WithLabelValues("failed")
	m.reloadOK = prometheus.NewGauge(prometheus.GaugeOpts{Name: "chain_link_config_last_reload_successful",
		Help: "1 if the newest configuration is in force, 0 if it was not taken."})
	m.panics = prometheus.NewCounter(prometheus.CounterOpts{Name: "chain_link_panics_total", Help: "Requests that ended in a panic."})
	inFlight := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "chain_link_requests_in_flight",
		Help: "Requests being answered."}, func() float64 { return float64(m.inFlight.Load()) })
	m.registry.MustRegister(m.codes, m.duration, m.faults, m.reloads, m.reloadOK, m.panics, inFlight,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// answered counts a request.
func (m *metrics) answered(status int, took time.Duration) {
	m.requests.Add(1)
	if status >= 500 {
		m.failed.Add(1)
	}
	m.code(status).Inc()
	m.duration.Observe(took.Seconds())
}

func (m *metrics) code(status int) prometheus.Counter {
	if status < 100 || status > 599 {
		status = 599
	}
	if c := m.byCode[status].Load(); c != nil {
		return *c
	}
	c := m.codes.WithLabelValues(strconv.Itoa(status))
	m.byCode[status].Store(&c)
	return c
}

// reloaded counts a reading of the configuration.
func (m *metrics) reloaded(err error) {
	if err != nil {
		m.reloads.WithLabelValues("failed").Inc()
		m.reloadOK.Set(0)
		return
	}
	m.reloads.WithLabelValues("ok").Inc()
	m.reloadOK.Set(1)
}

// spansOf shows a reporter's counts.
func (m *metrics) spansOf(r *spans.Reporter) {
	m.registry.MustRegister(
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "chain_link_spans_sent_total",
			Help: "Spans that the collector accepted."}, func() float64 { return float64(r.Sent()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "chain_link_spans_queued",
			Help: "Spans that wait to be sent."}, func() float64 { return float64(r.Queued()) }))
	for reason := range r.Dropped() {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "chain_link_spans_dropped_total",
			Help: "Spans that were lost, by reason.", ConstLabels: prometheus.Labels{"reason": reason}},
			func() float64 { return float64(r.Dropped()[reason]) }))
	}
}
