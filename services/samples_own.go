package services

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Samples are the contexts that people saved to try scripts with.
type Samples struct{ *core }

// List returns the organization's samples by trigger and name.
func (s *Samples) List(ctx context.Context) ([]models.Sample, error) {
	p, err := auth.Require(ctx, auth.ActionRead)
	if err != nil {
		return nil, err
	}
	return s.store.Samples(ctx, p.OrgID)
}

// Set creates a sample, or with an id changes one.
func (s *Samples) Set(ctx context.Context, id string, trigger models.Slug, name string, input json.RawMessage) (models.Sample, error) {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return models.Sample{}, err
	}
	if err := models.ValidateSample(trigger, name, input); err != nil {
		return models.Sample{}, err
	}
	if err := checkRun(trigger, input); err != nil || len(bytes.TrimSpace(input)) == 0 {
		return models.Sample{}, errContext
	}
	var saved models.Sample
	write := func(newID string) error {
		return s.store.Tx(ctx, func(st *store.Store) error {
			now := s.moment()
			saved = models.Sample{ID: newID, OrgID: p.OrgID, CreatedAt: now}
			if id != "" {
				if saved, err = st.Sample(ctx, p.OrgID, id); err != nil {
					return err
				}
			}
			saved.Trigger, saved.Name, saved.Context = trigger, strings.TrimSpace(name), string(input)
			saved.NameKey, saved.ChangedAt, saved.ByName = models.NameKey(saved.Name), now, p.Name
			saved.Sequence++
			if err := st.SaveSample(ctx, saved); err != nil {
				return err
			}
			return record(ctx, st, sampleEvent(saved, models.EventSampleSet, now), nil, describeSample(saved))
		})
	}
	if id != "" {
		err = write(id)
	} else {
		err = s.withNewID(write)
	}
	return saved, err
}

// Delete removes a sample.
func (s *Samples) Delete(ctx context.Context, id string) error {
	p, err := auth.Require(ctx, auth.ActionWrite)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(st *store.Store) error {
		old, err := st.Sample(ctx, p.OrgID, id)
		if err != nil {
			return err
		}
		if err := st.DeleteSample(ctx, p.OrgID, id); err != nil {
			return err
		}
		before := describeSample(old)
		old.Sequence++
		return record(ctx, st, sampleEvent(old, models.EventSampleDeleted, s.moment()), before, nil)
	})
}

// describeSample is a sample as events keep it, without the context, which may
// hold secrets.
func describeSample(v models.Sample) any {
	return map[string]any{"name": v.Name, "trigger": v.Trigger}
}

func sampleEvent(v models.Sample, event models.EventType, at time.Time) models.Event {
	return models.Event{OrgID: v.OrgID, Aggregate: models.AggregateSample, AggregateID: v.ID, Sequence: v.Sequence, Type: event, At: at}
}
