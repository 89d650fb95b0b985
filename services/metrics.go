package services

import (
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"flowbench/models"
	"flowbench/script"
)

// Metrics counts what the engine does, in the form that Prometheus reads.
type Metrics struct {
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	took     *prometheus.HistogramVec
	waited   prometheus.Histogram
	respawns prometheus.Counter
}

// runBuckets span a trivial script to the longest limit, in seconds.
var runBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 26}

// NewMetrics makes the counters, all at zero, so that a rate is known from the
// first run on.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "flowbench_runs_total",
			Help: "Runs of scripts by ending and by whether they were tests."}, []string{"outcome", "test"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "flowbench_run_duration_seconds",
			Help: "Duration of runs by trigger.", Buckets: runBuckets}, []string{"trigger"}),
		waited: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "flowbench_run_wait_seconds",
			Help: "Time that runs waited for a worker.", Buckets: runBuckets}),
		respawns: prometheus.NewCounter(prometheus.CounterOpts{Name: "flowbench_worker_respawns_total",
			Help: "Worker processes that were replaced."}),
	}
	m.registry.MustRegister(m.runs, m.took, m.waited, m.respawns)
	for _, kind := range models.OutcomeKinds() {
		m.runs.WithLabelValues(label(kind), "false")
		m.runs.WithLabelValues(label(kind), "true")
	}
	return m
}

// label is the kind as engine and documents write it: no_function.
func label(kind models.OutcomeKind) string {
	return strings.ToLower(strings.TrimPrefix(string(kind), "OUTCOME_"))
}

// Observe counts one observation of the engine. It does not block.
func (m *Metrics) Observe(o script.Observation) {
	if o.Respawn {
		m.respawns.Inc()
		return
	}
	test := "false"
	if o.Test {
		test = "true"
	}
	m.runs.WithLabelValues(label(o.Outcome), test).Inc()
	m.took.WithLabelValues(string(o.Trigger)).Observe(o.Took.Seconds())
	m.waited.Observe(o.Waited.Seconds())
}

// Gauges shows the engine's present state with each reading.
func (m *Metrics) Gauges(stats func() script.Stats) {
	gauge := func(name, help string, value func(script.Stats) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value(stats())) })
	}
	m.registry.MustRegister(
		gauge("flowbench_workers", "Worker processes alive.", func(s script.Stats) int { return s.Workers }),
		gauge("flowbench_workers_busy", "Worker processes that run a script.", func(s script.Stats) int { return s.Busy }),
		gauge("flowbench_queue_length", "Runs that wait for a worker.", func(s script.Stats) int { return s.Queue }),
	)
}

// Gatherer is what an exporter reads.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }
