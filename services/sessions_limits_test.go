package services_test

import (
	"context"
	"testing"
	"time"

	"flowbench/services"
	"flowbench/store/storetest"
)

func TestSessionLimitsAreSettings(t *testing.T) {
	t.Parallel()
	c := &clock{now: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)}
	start := c.now
	w := newWorld(t, storetest.Open(t), services.Options{Now: func() time.Time { return c.now }, SessionIdle: time.Hour, SessionLifetime: 90 * time.Minute})
	w.person(t)
	secret, err := w.signIn("ada", password)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at    time.Duration
		alive bool
	}{{59 * time.Minute, true}, {89 * time.Minute, true}, {90 * time.Minute, false}} {
		c.now = start.Add(tt.at)
		if _, _, err := w.Sessions.Session(context.Background(), secret); (err == nil) != tt.alive {
			t.Errorf("after %s: %v", tt.at, err)
		}
	}
	c.now = start
	if secret, err = w.signIn("ada", password); err != nil {
		t.Fatal(err)
	}
	c.now = start.Add(time.Hour)
	if _, _, err := w.Sessions.Session(context.Background(), secret); err == nil {
		t.Error("an idle session goes on")
	}
}
