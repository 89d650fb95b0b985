package services_test

import (
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script"
	"flowbench/services"
)

func TestMetrics_count_endings_and_show_gauges(t *testing.T) {
	t.Parallel()
	m := services.NewMetrics()
	m.Gauges(func() script.Stats { return script.Stats{Workers: 2, Queue: 3} })
	m.Observe(script.Observation{Outcome: models.OutcomeTimeout, Trigger: models.PreUserinfo, Took: time.Second})
	m.Observe(script.Observation{Respawn: true})
	families, err := m.Gatherer().Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, one := range f.GetMetric() {
			name := f.GetName()
			for _, l := range one.GetLabel() {
				name += " " + l.GetValue()
			}
			got[name] = one.GetCounter().GetValue() + one.GetGauge().GetValue()
		}
	}
	for name, want := range map[string]float64{"flowbench_runs_total timeout false": 1, "flowbench_runs_total ok true": 0,
		"flowbench_worker_respawns_total": 1, "flowbench_workers": 2, "flowbench_queue_length": 3} {
		if value, ok := got[name]; !ok || value != want {
			t.Errorf("%s = %v (there: %v), want %v", name, value, ok, want)
		}
	}
}
