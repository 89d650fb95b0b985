package services_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

const password = "correct horse battery"

func eachClock(t *testing.T, fn func(t *testing.T, w world, c *clock)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		c := &clock{time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)}
		fn(t, newWorld(t, st, services.Options{Now: c.time}), c)
	})
}

func (w world) person(t testing.TB) models.User {
	t.Helper()
	user, err := w.Users.Create(w.ctx, models.User{Name: "Ada", Email: "ada@acme.example", Type: models.UserHuman}, password)
	if err != nil {
		t.Fatalf("create person: %v", err)
	}
	return user
}

func (w world) signIn(name, password string) (string, error) {
	secret, _, err := w.Sessions.SignIn(context.Background(), name, password, "test", "192.0.2.1")
	return secret, err
}

func TestSignIn(t *testing.T) {
	eachClock(t, func(t *testing.T, w world, _ *clock) {
		user := w.person(t)
		for _, name := range []string{"Ada", "ADA", "ada@acme.example", "Ada@Acme.Example"} {
			secret, err := w.signIn(name, password)
			if err != nil {
				t.Errorf("%q: %v", name, err)
				continue
			}
			got, session, err := w.Sessions.Session(context.Background(), secret)
			if err != nil || got.ID != user.ID || session.ID == secret || session.ID != auth.HashSecret(secret) {
				t.Errorf("session of %q: %+v, %v", name, session, err)
			}
		}
		_, _, err := w.Sessions.Session(context.Background(), "nonsense")
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
	})
}

func TestRefusedSignInsLookAlike(t *testing.T) {
	eachClock(t, func(t *testing.T, w world, _ *clock) {
		w.person(t)
		w.member(t, "machine", w.org.ID)
		var first error
		for _, try := range [][2]string{{"Ada", "wrong"}, {"nobody", password}, {"machine", password}, {"machine", ""}, {"", ""}, {"\x00", "x"}} {
			_, err := w.signIn(try[0], try[1])
			wantRule(t, err, models.KindUnauthenticated, models.RuleCredentials)
			if first == nil {
				first = err
			}
			if err.Error() != first.Error() {
				t.Errorf("%q: %v, want %v", try[0], err, first)
			}
		}
		checkInvariants(t, w)
	})
}

func TestSessionEnds(t *testing.T) {
	tests := []struct {
		title string
		seen  []time.Duration // uses before
		at    time.Duration
		alive bool
	}{
		{"just before it idles out", nil, services.SessionIdle - time.Second, true},
		{"idle", nil, services.SessionIdle, false},
		{"use keeps it", []time.Duration{services.SessionIdle - time.Hour}, services.SessionIdle + time.Hour, true},
		{"but not for ever", every(6*time.Hour, services.SessionLifetime), services.SessionLifetime, false},
		{"used until just before the end", every(6*time.Hour, services.SessionLifetime), services.SessionLifetime - time.Second, true},
	}
	eachClock(t, func(t *testing.T, w world, c *clock) {
		w.person(t)
		start := c.now
		for _, test := range tests {
			c.now = start
			secret, err := w.signIn("ada", password)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range append(test.seen, test.at) {
				c.now = start.Add(at)
				_, _, err = w.Sessions.Session(context.Background(), secret)
			}
			if (err == nil) != test.alive {
				t.Errorf("%s: %v", test.title, err)
			}
		}
	})
}

func every(step, end time.Duration) []time.Duration {
	var list []time.Duration
	for at := step; at < end; at += step {
		list = append(list, at)
	}
	return list
}

func TestSignOut(t *testing.T) {
	eachClock(t, func(t *testing.T, w world, _ *clock) {
		user := w.person(t)
		one, err1 := w.signIn("ada", password)
		two, err2 := w.signIn("ada", password)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		ctx := auth.WithPrincipal(context.Background(), &auth.Principal{UserID: user.ID})
		if list, err := w.Sessions.List(ctx); err != nil || len(list) != 2 {
			t.Errorf("%d sessions, %v, want 2", len(list), err)
		}
		for range 2 { // the second time is no error
			if err := w.Sessions.SignOut(context.Background(), one); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := w.Sessions.Session(context.Background(), one)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		_, session, err := w.Sessions.Session(context.Background(), two)
		if err != nil {
			t.Errorf("the other session: %v", err)
		}
		stranger := auth.WithPrincipal(context.Background(), &auth.Principal{UserID: "stranger"})
		wantRule(t, w.Sessions.End(stranger, session.ID), models.KindNotFound, models.RuleTokenNotFound)
		if err := w.Sessions.End(ctx, session.ID); err != nil {
			t.Errorf("end: %v", err)
		}
	})
}

func TestSignInRateLimit(t *testing.T) {
	t.Parallel()
	c := &clock{time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)}
	w := newWorld(t, storetest.Open(t), services.Options{Now: c.time})
	w.person(t)
	fail := func(name string) error {
		_, err := w.signIn(name, "wrong")
		return err
	}
	for range 10 {
		wantRule(t, fail("ada"), models.KindUnauthenticated, models.RuleCredentials)
	}
	_, err := w.signIn("ADA", password)
	wantRule(t, err, models.KindExhausted, models.RuleRateLimited)
	for i := range 40 { // other accounts from the same address
		wantRule(t, fail(fmt.Sprint("user", i)), models.KindUnauthenticated, models.RuleCredentials)
	}
	wantRule(t, fail("one more"), models.KindExhausted, models.RuleRateLimited)
	c.now = c.now.Add(15 * time.Minute)
	if _, err := w.signIn("ada", password); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func first(code string, i int) services.FirstAdministrator {
	return services.FirstAdministrator{Code: code, Name: fmt.Sprint("Ada", i), Email: "ada@acme.example", Password: password, OrgName: "Acme Outfitters"}
}

func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		s := services.New(st, nil, services.Options{})
		if needed, err := s.Sessions.SetupNeeded(ctx); err != nil || !needed {
			t.Errorf("set-up needed: %v, %v", needed, err)
		}
		wantRule(t, s.Sessions.CheckSetupCode(ctx, ""), models.KindPermissionDenied, models.RuleSetupCode)
		old, err := s.Sessions.SetupCode(ctx)
		if err != nil {
			t.Fatal(err)
		}
		code, err := s.Sessions.SetupCode(ctx)
		if err != nil || code == "" || code == old {
			t.Fatalf("code %q after %q, %v", code, old, err)
		}
		_, err = s.Sessions.CreateFirstAdministrator(ctx, first(old, 0))
		wantRule(t, err, models.KindPermissionDenied, models.RuleSetupCode)
		weak := first(code, 0)
		weak.Password = "1234567"
		_, err = s.Sessions.CreateFirstAdministrator(ctx, weak)
		wantRule(t, err, models.KindInvalid, models.RulePasswordWeak)
		user, err := s.Sessions.CreateFirstAdministrator(ctx, first(code, 0))
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Principals.In(ctx, user.ID, "", models.SourceConsole)
		if err != nil || !p.Can(auth.IAMWrite) || !p.Can(auth.ActionDelete) {
			t.Errorf("principal %+v, %v", p, err)
		}
		org, err := s.Orgs.Get(auth.WithPrincipal(ctx, p), user.OrgID)
		if err != nil || org.Name != "Acme Outfitters" {
			t.Errorf("organization %+v, %v", org, err)
		}
		_, err = s.Sessions.CreateFirstAdministrator(ctx, first(code, 1))
		wantRule(t, err, models.KindPrecondition, models.RuleSetupDone)
		if code, err := s.Sessions.SetupCode(ctx); err != nil || code != "" {
			t.Errorf("code %q after set-up, %v", code, err)
		}
	})
}

func TestTwoFirstAdministratorsRace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		s := services.New(st, nil, services.Options{})
		code, err := s.Sessions.SetupCode(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int32
		together(6, func(i int) {
			_, err := s.Sessions.CreateFirstAdministrator(context.Background(), first(code, i))
			switch {
			case err == nil:
				won.Add(1)
			case models.RuleOf(err) != models.RuleSetupDone && models.RuleOf(err) != models.RuleSetupCode:
				t.Errorf("racer %d: %v", i, err)
			}
		})
		if won.Load() != 1 {
			t.Errorf("%d administrators were made, want 1", won.Load())
		}
	})
}
