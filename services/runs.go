package services

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// Runs are the use cases of running scripts and of what was kept of it.
type Runs struct{ *core }

var (
	errTriggerUnknown = models.Invalid(models.RuleTriggerUnknown, "trigger", "This trigger does not exist.")
	errContext        = models.Invalid(models.RuleContextInvalid, "context", "The context must be a JSON object.")
	errNoEngine       = &models.Error{Kind: models.KindUnavailable, Rule: models.RuleBusy, Message: "Scripts cannot run at the moment."}
)

// RunActionRequest asks for a test run. With ActionID alone the stored action
// runs; with a script the text runs, on behalf of that action if one is named.
type RunActionRequest struct {
	ActionID      string
	Name          string
	Script        string
	Trigger       models.Slug
	Context       json.RawMessage // empty = the built-in sample of the trigger
	Timeout       time.Duration
	AllowedToFail bool
	Strict        bool
	HTTP          script.HTTPOptions
	Source        models.RunSource // "" = RunSourceTest
	Progress      func(script.Progress)
}

// RunAction runs one action and keeps the run. It changes no other data.
func (r *Runs) RunAction(ctx context.Context, req RunActionRequest) (models.RunResult, error) {
	p, err := auth.Require(ctx, auth.ActionTest)
	if err != nil {
		return models.RunResult{}, err
	}
	action, err := r.runnable(ctx, p.OrgID, req)
	if err != nil {
		return models.RunResult{}, err
	}
	if err := checkRun(req.Trigger, req.Context); err != nil {
		return models.RunResult{}, err
	}
	if r.engine == nil {
		return models.RunResult{}, errNoEngine
	}
	started := r.moment()
	one := script.ChainRequest{OrgID: p.OrgID, Trigger: req.Trigger, Actions: []script.Action{action},
		Context: req.Context, HTTP: req.HTTP, Strict: req.Strict, Test: true, Progress: req.Progress}
	if err := r.limit(ctx, &one); err != nil {
		return models.RunResult{}, err
	}
	chain, err := r.engine.RunChain(ctx, one)
	if err != nil {
		return models.RunResult{}, err
	}
	if len(chain.Runs) != 1 {
		return models.RunResult{}, fmt.Errorf("run action: engine returned %d runs", len(chain.Runs))
	}
	result := chain.Runs[0]
	result.Source = req.Source
	if result.Source == "" {
		result.Source = models.RunSourceTest
	}
	if result.StartedAt.IsZero() {
		result.StartedAt = started
	}
	return r.keep(ctx, p, action, req.Context, result)
}

// runnable finds or makes the script to run.
func (r *Runs) runnable(ctx context.Context, orgID string, req RunActionRequest) (script.Action, error) {
	var stored models.Action
	if req.ActionID != "" {
		var err error
		if stored, err = r.store.Action(ctx, orgID, req.ActionID); err != nil {
			return script.Action{}, err
		}
		if req.Script == "" {
			return script.Action{ID: stored.ID, Name: stored.Name, Version: stored.Version, Script: stored.Script,
				Timeout: stored.Timeout, AllowedToFail: stored.AllowedToFail}, nil
		}
		if req.Name == "" {
			req.Name = stored.Name
		}
	}
	in := models.ActionInput{Name: req.Name, Script: req.Script, Timeout: req.Timeout, AllowedToFail: req.AllowedToFail}
	if err := in.Validate(r.scriptLimit); err != nil {
		return script.Action{}, err
	}
	return script.Action{ID: stored.ID, Name: in.Name, Script: in.Script, Timeout: in.Timeout, AllowedToFail: in.AllowedToFail}, nil
}

// checkRun checks what does not depend on stored data.
func checkRun(trigger models.Slug, context json.RawMessage) error {
	if _, ok := models.TriggerBySlug(trigger); !ok {
		return errTriggerUnknown
	}
	text := bytes.TrimSpace(context)
	if len(text) > 0 && (text[0] != '{' || !json.Valid(text)) {
		return errContext
	}
	return nil
}

// keep stores a run with its secrets masked and returns the result as it was.
func (r *Runs) keep(ctx context.Context, p *auth.Principal, action script.Action, input json.RawMessage, result models.RunResult) (models.RunResult, error) {
	settings, err := r.store.Settings(ctx, p.OrgID)
	if err != nil {
		return models.RunResult{}, err
	}
	err = r.withNewID(func(id string) error {
		result.ID = id
		run, err := r.row(p, action, input, result)
		if err != nil {
			return err
		}
		forget(&run, settings)
		return r.store.CreateRun(ctx, run)
	})
	if err != nil {
		return models.RunResult{}, err
	}
	r.changed(ctx, "action run", "run_id", result.ID, "org_id", p.OrgID, "action_id", action.ID, "outcome", string(result.Outcome.Kind))
	return result, nil
}

func (r *Runs) row(p *auth.Principal, action script.Action, input json.RawMessage, result models.RunResult) (models.Run, error) {
	data, err := json.Marshal(result)
	if err != nil {
		return models.Run{}, fmt.Errorf("keep run: %w", err)
	}
	maskedInput, maskedResult := mask(input, data)
	return models.Run{ID: result.ID, OrgID: p.OrgID, ActionID: action.ID, ActionName: action.Name, ActionVersion: action.Version,
		Trigger: result.Trigger, Source: result.Source, Outcome: result.Outcome.Kind, Tolerated: result.Tolerated,
		StartedAt: result.StartedAt, Duration: result.Timing.Total.Duration(), ByID: p.UserID, ByName: p.Name,
		Script: action.Script, Input: maskedInput, Result: maskedResult}, nil
}

// List returns a page of runs, the newest first.
func (r *Runs) List(ctx context.Context, f models.RunFilter) ([]models.Run, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return r.store.Runs(ctx, p.OrgID, f)
}

// Get returns one run.
func (r *Runs) Get(ctx context.Context, id string) (models.Run, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return models.Run{}, err
	}
	return r.store.Run(ctx, p.OrgID, id)
}
