package services

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// MaxIdempotencyKey bounds the length of an idempotency key in bytes,
// KeepAnswers how long a key is remembered.
const (
	MaxIdempotencyKey = 200
	KeepAnswers       = 24 * time.Hour
)

// RunTriggerRequest asks for a run of what the organization has bound to one
// trigger.
type RunTriggerRequest struct {
	Trigger        models.Slug
	Context        json.RawMessage // empty = the built-in sample of the trigger
	HTTP           script.HTTPOptions
	Test           bool   // looked at, not applied: needs org.action.test instead of org.flow.run
	IdempotencyKey string // a repeated key answers the stored result
	Strict         bool
	Actions        *[]string // ids to run instead of the saved list, for changes not yet applied; tests only
	Source         models.RunSource
	Progress       func(script.Progress)
}

var (
	errIdempotencyKey = models.Invalid(models.RuleIdempotencyKey, "idempotencyKey", "The idempotency key must have at most 200 characters.")
	errKeyReused      = models.Precondition(models.RuleIdempotencyKey, "This idempotency key was used with another request.")
)

// requireRun checks the permission for a chain: real runs and tests differ.
func requireRun(ctx context.Context, test bool) (*auth.Principal, error) {
	if test {
		return auth.Require(ctx, auth.ActionTest)
	}
	return auth.Require(ctx, auth.FlowRun)
}

// RunTrigger runs the chain of a trigger and keeps one run per action.
func (r *Runs) RunTrigger(ctx context.Context, req RunTriggerRequest) (models.ChainRun, error) {
	p, err := requireRun(ctx, req.Test)
	if err != nil {
		return models.ChainRun{}, err
	}
	if err := checkRun(req.Trigger, req.Context); err != nil {
		return models.ChainRun{}, err
	}
	if len(req.IdempotencyKey) > MaxIdempotencyKey {
		return models.ChainRun{}, errIdempotencyKey
	}
	if req.IdempotencyKey == "" {
		run, _, err := r.chain(ctx, p, req)
		return run, err
	}
	return r.once(ctx, p, req)
}

// once answers a repeated key from what was kept.
func (r *Runs) once(ctx context.Context, p *auth.Principal, req RunTriggerRequest) (models.ChainRun, error) {
	print, err := fingerprint(req)
	if err != nil {
		return models.ChainRun{}, err
	}
	if kept, found, err := r.kept(ctx, p.OrgID, req.IdempotencyKey, print); found || err != nil {
		return kept, err
	}
	run, _, err := r.chain(ctx, p, req)
	if err != nil {
		return models.ChainRun{}, err
	}
	answer, err := json.Marshal(run)
	if err != nil {
		return models.ChainRun{}, fmt.Errorf("keep answer: %w", err)
	}
	first, err := r.store.CreateChainAnswer(ctx, models.ChainAnswer{OrgID: p.OrgID, Key: req.IdempotencyKey,
		Fingerprint: print, Answer: string(answer), CreatedAt: r.moment()})
	if err != nil || first {
		return run, err
	}
	kept, _, err := r.kept(ctx, p.OrgID, req.IdempotencyKey, print)
	return kept, err
}

func (r *Runs) kept(ctx context.Context, orgID, key, print string) (run models.ChainRun, found bool, err error) {
	answer, found, err := r.store.ChainAnswer(ctx, orgID, key)
	if err != nil || !found {
		return run, false, err
	}
	if answer.Fingerprint != print {
		return run, true, errKeyReused
	}
	if err := json.Unmarshal([]byte(answer.Answer), &run); err != nil {
		return run, true, fmt.Errorf("read kept answer: %w", err)
	}
	return run, true, nil
}

func fingerprint(req RunTriggerRequest) (string, error) {
	data, err := json.Marshal(struct {
		Trigger models.Slug
		Context json.RawMessage
		HTTP    script.HTTPOptions
		Test    bool
		Strict  bool
	}{req.Trigger, req.Context, req.HTTP, req.Test, req.Strict})
	if err != nil {
		return "", errContext
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// chain runs one trigger for an authorised caller.
func (r *Runs) chain(ctx context.Context, p *auth.Principal, req RunTriggerRequest) (models.ChainRun, script.ChainResult, error) {
	actions, err := r.bound(ctx, p.OrgID, req)
	if err != nil {
		return models.ChainRun{}, script.ChainResult{}, err
	}
	if r.engine == nil {
		return models.ChainRun{}, script.ChainResult{}, errNoEngine
	}
	if req.HTTP.Mode == "" && !req.Test {
		req.HTTP.Mode = script.HTTPReal
	}
	started := r.moment()
	wanted := script.ChainRequest{OrgID: p.OrgID, Trigger: req.Trigger, Actions: actions,
		Context: req.Context, HTTP: req.HTTP, Strict: req.Strict, Test: req.Test, Progress: req.Progress}
	if err := r.limit(ctx, &wanted); err != nil {
		return models.ChainRun{}, script.ChainResult{}, err
	}
	result, err := r.engine.RunChain(ctx, wanted)
	if err != nil {
		return models.ChainRun{}, result, err
	}
	run := models.ChainRun{Trigger: req.Trigger, Actions: result.Runs, Completed: result.Completed,
		StoppedBy: result.StoppedBy, Result: result.Outcome}
	for i := range run.Actions {
		if run.Actions[i].StartedAt.IsZero() {
			run.Actions[i].StartedAt = started
		}
		run.Actions[i].Source = req.source()
	}
	return run, result, r.keepChain(ctx, p, actions, req.Context, run.Actions)
}

func (req RunTriggerRequest) source() models.RunSource {
	switch {
	case req.Source != "":
		return req.Source
	case req.Test:
		return models.RunSourceTest
	}
	return models.RunSourceAPI
}

// bound loads the actions of the trigger in order, or those asked for instead.
func (r *Runs) bound(ctx context.Context, orgID string, req RunTriggerRequest) ([]script.Action, error) {
	var list []models.Action
	if req.Actions != nil && req.Test {
		for _, id := range *req.Actions {
			a, err := r.store.Action(ctx, orgID, id)
			if err != nil {
				return nil, err
			}
			list = append(list, a)
		}
	} else {
		trigger, _ := models.TriggerBySlug(req.Trigger)
		flows, err := r.store.Flows(ctx, orgID, trigger.Flow)
		if err != nil {
			return nil, err
		}
		for _, lane := range flows[0].Lanes {
			if lane.Trigger == trigger {
				list = lane.Actions
			}
		}
	}
	actions := make([]script.Action, len(list))
	for i, a := range list {
		actions[i] = script.Action{ID: a.ID, Name: a.Name, Version: a.Version, Script: a.Script, Timeout: a.Timeout,
			AllowedToFail: a.AllowedToFail, Inactive: a.State != models.ActionActive}
	}
	return actions, nil
}

// keepChain stores what ran; skipped actions leave no run.
func (r *Runs) keepChain(ctx context.Context, p *auth.Principal, actions []script.Action, input json.RawMessage, results []models.RunResult) error {
	settings, err := r.store.Settings(ctx, p.OrgID)
	if err != nil {
		return err
	}
	chainID := ""
	for i := range results {
		if results[i].Outcome.Kind == models.OutcomeSkipped {
			continue
		}
		err := r.withNewID(func(id string) error {
			if chainID == "" {
				chainID = id
			}
			results[i].ID = id
			row, err := r.row(p, actions[i], input, results[i])
			if err != nil {
				return err
			}
			row.ChainID, row.Position = chainID, i
			forget(&row, settings)
			return r.store.CreateRun(ctx, row)
		})
		if err != nil {
			return err
		}
	}
	if chainID != "" {
		r.changed(ctx, "trigger run", "chain_id", chainID, "org_id", p.OrgID)
	}
	return nil
}
