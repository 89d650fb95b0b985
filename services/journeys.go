package services

import (
	"context"
	"encoding/json"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
)

// RunJourneyRequest asks for several triggers in the order a sign-in fires
// them. Journey names a preset; Triggers lists them instead.
type RunJourneyRequest struct {
	Journey  string
	Triggers []models.Slug
	// Context is that of the first trigger, or an object whose members are the
	// slugs of triggers and their contexts. What is missing is the sample.
	Context  json.RawMessage
	HTTP     script.HTTPOptions
	Test     bool
	Strict   bool
	Lanes    map[models.Slug][]string // ids instead of the saved lists; tests only
	Progress func(trigger int, p script.Progress)
}

var errJourney = models.Invalid(models.RuleTriggerUnknown, "journey", "Name a journey, or list its triggers.")

// RunJourney runs the triggers one after the other; what one changed, the next
// one sees. It ends where a chain ends early.
func (r *Runs) RunJourney(ctx context.Context, req RunJourneyRequest) (models.JourneyRun, error) {
	p, err := requireRun(ctx, req.Test)
	if err != nil {
		return models.JourneyRun{}, err
	}
	triggers, err := req.triggers()
	if err != nil {
		return models.JourneyRun{}, err
	}
	contexts, err := req.contexts(triggers)
	if err != nil {
		return models.JourneyRun{}, err
	}
	journey := models.JourneyRun{Triggers: []models.ChainRun{}, Completed: true}
	var carried script.Carried
	for i, slug := range triggers {
		step, err := r.step(ctx, p, req, i, slug, carried, contexts[slug])
		if err != nil {
			return journey, err
		}
		carried.Add(slug, step.Result)
		journey.Triggers = append(journey.Triggers, step)
		journey.Result = journey.Result.Join(step.Result)
		if !step.Completed {
			journey.Completed = false
			break
		}
	}
	return journey, nil
}

func (r *Runs) step(ctx context.Context, p *auth.Principal, req RunJourneyRequest, index int, slug models.Slug, carried script.Carried, given json.RawMessage) (models.ChainRun, error) {
	input, err := carried.Into(slug, given)
	if err != nil {
		return models.ChainRun{}, err
	}
	one := RunTriggerRequest{Trigger: slug, Context: input, HTTP: req.HTTP, Test: req.Test, Strict: req.Strict, Source: models.RunSourceJourney}
	if !req.Test {
		one.Source = models.RunSourceAPI
	}
	if ids, ok := req.Lanes[slug]; ok {
		one.Actions = &ids
	}
	if req.Progress != nil {
		one.Progress = func(p script.Progress) { req.Progress(index, p) }
	}
	run, _, err := r.chain(ctx, p, one)
	return run, err
}

func (req RunJourneyRequest) triggers() ([]models.Slug, error) {
	list := req.Triggers
	if req.Journey != "" {
		j, ok := models.JourneyByID(req.Journey)
		if !ok || len(list) > 0 {
			return nil, errJourney
		}
		list = j.Triggers
	}
	if len(list) == 0 {
		return nil, errJourney
	}
	for _, slug := range list {
		if _, ok := models.TriggerBySlug(slug); !ok {
			return nil, errTriggerUnknown
		}
	}
	return list, nil
}

// contexts sorts the given context by trigger.
func (req RunJourneyRequest) contexts(triggers []models.Slug) (map[models.Slug]json.RawMessage, error) {
	if err := checkRun(triggers[0], req.Context); err != nil {
		return nil, err
	}
	contexts := map[models.Slug]json.RawMessage{}
	var members map[string]json.RawMessage
	if len(req.Context) == 0 || json.Unmarshal(req.Context, &members) != nil {
		return contexts, nil
	}
	for name, value := range members {
		if _, ok := models.TriggerBySlug(models.Slug(name)); ok {
			contexts[models.Slug(name)] = value
		}
	}
	if len(contexts) == 0 {
		contexts[triggers[0]] = req.Context
	}
	return contexts, nil
}
