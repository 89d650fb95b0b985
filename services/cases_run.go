package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"flowbench/auth"
	"flowbench/models"
)

// RunCasesRequest chooses cases to run: those with the ids, or all of an
// action, or without both all there are.
type RunCasesRequest struct {
	IDs      []string
	ActionID string
	Script   *string                 // runs this text instead of the action's stored one
	Name     string                  // with Script: the action's unsaved name
	Progress func(models.CaseResult) // called as each case ends
}

// Run runs cases one after the other. A failing case is no error.
func (c *Cases) Run(ctx context.Context, req RunCasesRequest) ([]models.CaseResult, error) {
	p, err := auth.Require(ctx, auth.ActionTest)
	if err != nil {
		return nil, err
	}
	cases, err := c.choose(ctx, p.OrgID, req)
	if err != nil {
		return nil, err
	}
	results := make([]models.CaseResult, 0, len(cases))
	for _, one := range cases {
		result, err := c.run(ctx, p, one, req)
		if err != nil {
			return results, fmt.Errorf("run case %s: %w", one.Name, err)
		}
		results = append(results, result)
		if req.Progress != nil {
			req.Progress(result)
		}
	}
	return results, nil
}

func (c *Cases) choose(ctx context.Context, orgID string, req RunCasesRequest) ([]models.Case, error) {
	if len(req.IDs) == 0 {
		return c.store.Cases(ctx, orgID, req.ActionID, req.ActionID == "")
	}
	var list []models.Case
	for _, id := range req.IDs {
		one, err := c.store.Case(ctx, orgID, id)
		if err != nil {
			return nil, err
		}
		if req.ActionID == "" || one.ActionID == req.ActionID {
			list = append(list, one)
		}
	}
	return list, nil
}

func (c *Cases) run(ctx context.Context, p *auth.Principal, one models.Case, req RunCasesRequest) (models.CaseResult, error) {
	result := models.CaseResult{ID: one.ID, Name: one.Name, ActionID: one.ActionID, Journey: one.Journey, Trigger: one.Trigger}
	var expect models.Expectation
	if err := json.Unmarshal([]byte(one.Expect), &expect); err != nil {
		return result, models.Invalid(models.RuleCaseInvalid, "expect", "The expectation of the case cannot be read.")
	}
	started := time.Now()
	runs, err := c.runs(ctx, p, one, req, &result)
	var refused *models.Error
	if errors.As(err, &refused) && refused.Kind == models.KindInvalid {
		result.Differences = []models.Difference{{Text: refused.Message}}
		return result, nil
	}
	if err != nil {
		return result, err
	}
	result.Duration = models.Seconds(time.Since(started))
	result.Runs = runs
	failure, effects := summary(runs)
	result.Differences = expect.Compare(failure, effects)
	result.Passed = len(result.Differences) == 0
	return result, nil
}

// runs runs what the case is about and returns the runs of all its steps.
func (c *Cases) runs(ctx context.Context, p *auth.Principal, one models.Case, req RunCasesRequest, result *models.CaseResult) ([]models.RunResult, error) {
	http, err := httpOf(one)
	if err != nil {
		return nil, err
	}
	runner := Runs{c.core}
	if one.Journey != "" {
		journey := journeyOf(one.Journey)
		journey.Context, journey.HTTP, journey.Test = json.RawMessage(one.Context), http, true
		run, err := runner.RunJourney(ctx, journey)
		return steps(run), err
	}
	action, err := c.store.Action(ctx, p.OrgID, one.ActionID)
	if err != nil {
		return nil, err
	}
	result.ActionName = action.Name
	test := RunActionRequest{ActionID: action.ID, Trigger: one.Trigger, Context: json.RawMessage(one.Context), HTTP: http, Source: models.RunSourceCase}
	if req.Script != nil {
		test.Script, test.Name, test.Timeout, test.AllowedToFail = *req.Script, req.Name, action.Timeout, action.AllowedToFail
	}
	run, err := runner.RunAction(ctx, test)
	if err != nil {
		return nil, err
	}
	return []models.RunResult{run}, nil
}

func steps(run models.JourneyRun) []models.RunResult {
	var all []models.RunResult
	for _, chain := range run.Triggers {
		all = append(all, chain.Actions...)
	}
	return all
}

// summary is the failure that ended the runs, and their effects in order.
func summary(runs []models.RunResult) (failure *models.Outcome, effects []models.Effect) {
	for i := range runs {
		effects = append(effects, runs[i].Effects...)
		if o := &runs[i].Outcome; !o.OK() && o.Kind != models.OutcomeSkipped && (!runs[i].Tolerated || len(runs) == 1) {
			failure = o
		}
	}
	return failure, effects
}

// journeyOf reads the journey of a case: a preset, or triggers with commas.
func journeyOf(text string) RunJourneyRequest {
	if _, ok := models.JourneyByID(text); ok {
		return RunJourneyRequest{Journey: text}
	}
	var triggers []models.Slug
	for _, slug := range slices.DeleteFunc(strings.Split(text, ","), func(s string) bool { return s == "" }) {
		triggers = append(triggers, models.Slug(slug))
	}
	return RunJourneyRequest{Triggers: triggers}
}

func caseEvent(c models.Case, event models.EventType, at time.Time) models.Event {
	return models.Event{OrgID: c.OrgID, Aggregate: models.AggregateCase, AggregateID: c.ID, Sequence: c.Sequence, Type: event, At: at}
}
