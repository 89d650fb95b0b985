package services

import (
	"context"
	"encoding/json"
	"fmt"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Events reads the audit log.
type Events struct{ *core }

// List returns a page of the audit log of the principal's organization, the
// newest first, or with AfterID set the news since then, the oldest first.
func (e *Events) List(ctx context.Context, f models.EventFilter) ([]models.Event, error) {
	p, err := auth.Require(ctx, auth.EventRead)
	if err != nil {
		return nil, err
	}
	f.OrgID = p.OrgID
	return e.store.Events(ctx, f)
}

// Get returns one event of the principal's organization.
func (e *Events) Get(ctx context.Context, id int64) (models.Event, error) {
	p, err := auth.Require(ctx, auth.EventRead)
	if err != nil {
		return models.Event{}, err
	}
	return e.store.Event(ctx, p.OrgID, id)
}

// Last returns the id of the newest event of all organizations. It is the cheap
// question of live pages whether anything happened, and reveals nothing else.
func (e *Events) Last(ctx context.Context) (int64, error) { return e.store.LastEventID(ctx) }

// by fills in who did it and through which door.
func by(ctx context.Context, e *models.Event) *models.Event {
	if p := auth.From(ctx); p != nil {
		e.ByID, e.ByName, e.Source, e.RequestID = p.UserID, p.Name, p.Source, p.RequestID
	} else {
		e.Source = models.SourceSystem
	}
	return e
}

// record appends the event to the transaction, with before and after as JSON;
// nil leaves one out.
func record(ctx context.Context, st *store.Store, e models.Event, before, after any) error {
	var err error
	if e.Before, err = snapshot(before); err != nil {
		return err
	}
	if e.After, err = snapshot(after); err != nil {
		return err
	}
	return st.Append(by(ctx, &e))
}

func snapshot(value any) (string, error) {
	if value == nil {
		return "", nil
	}
	data, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("write event: %w", err)
	}
	return string(data), nil
}
