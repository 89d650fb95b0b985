package services_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"flowbench/auth"
	"flowbench/models"
)

func TestCountsLeaveOutTestsSkippedAndOldRuns(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "a")
		now, other := time.Now(), auth.From(w.otherOrg(t, "Other")).OrgID
		for i, r := range []models.Run{
			{Outcome: models.OutcomeOK, Source: models.RunSourceAPI},
			{Outcome: models.OutcomeException, Source: models.RunSourceJourney},
			{Outcome: models.OutcomeTimeout, Source: models.RunSourceAPI, Trigger: models.PreAccessToken},
			{Outcome: models.OutcomeSkipped, Source: models.RunSourceAPI},
			{Outcome: models.OutcomeException, Source: models.RunSourceTest},
			{Outcome: models.OutcomeException, Source: models.RunSourceCase},
			{Outcome: models.OutcomeException, Source: models.RunSourceAPI, StartedAt: now.Add(-25 * time.Hour)},
			{Outcome: models.OutcomeOK, Source: models.RunSourceAPI, OrgID: other},
		} {
			r.ID, r.ActionID = string(rune('a'+i)), a.ID
			if r.OrgID == "" {
				r.OrgID = w.org.ID
			}
			if r.Trigger == "" {
				r.Trigger = models.PreUserinfo
			}
			if r.StartedAt.IsZero() {
				r.StartedAt = now
			}
			if err := w.st.CreateRun(w.ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		got, err := w.Runs.Counts(w.ctx, 24*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		want := []models.RunCount{
			{ActionID: a.ID, Trigger: models.PreAccessToken, Runs: 1, Failed: 1},
			{ActionID: a.ID, Trigger: models.PreUserinfo, Runs: 2, Failed: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("counts (-want +got):\n%s", diff)
		}
	})
}
