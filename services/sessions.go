package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// How long a session lasts unless Options say otherwise: since it was seen
// last, and at most.
const (
	SessionIdle     = 12 * time.Hour
	SessionLifetime = 7 * 24 * time.Hour
)

// checksAtOnce bounds the memory that concurrent password checks take, 19 MiB
// each.
const checksAtOnce = 4

// Sessions are the use cases of signing in to the console.
type Sessions struct {
	*core
	attempts *attempts
	checks   chan struct{}
}

func newSessions(c *core) *Sessions {
	return &Sessions{core: c, attempts: newAttempts(), checks: make(chan struct{}, checksAtOnce)}
}

var (
	errCredentials = &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleCredentials, Message: "Email or password is not right."}
	errSession     = &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleTokenInvalid, Message: "You are not signed in."}
)

// SignIn checks a sign-in name or e-mail address and a password and begins a
// session. The secret belongs into the browser's cookie. Unknown names, users
// without a password and wrong passwords are refused alike, after the same work.
func (s *Sessions) SignIn(ctx context.Context, name, password, userAgent, address string) (string, models.Session, error) {
	now, account := s.moment(), models.NameKey(name)
	if err := s.attempts.check(account, address, now); err != nil {
		return "", models.Session{}, err
	}
	user, err := s.store.UserByName(ctx, name)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return "", models.Session{}, err
	}
	match, err := s.checkPassword(ctx, password, user.PasswordHash)
	if err != nil {
		return "", models.Session{}, err
	}
	if !match {
		s.attempts.failed(account, address, now)
		s.log.InfoContext(ctx, "sign-in refused", "user_id", user.ID)
		if err := s.refused(ctx, user, address, now); err != nil {
			return "", models.Session{}, err
		}
		return "", models.Session{}, errCredentials
	}
	s.attempts.succeeded(account)
	return s.begin(ctx, user, userAgent, address)
}

// checkPassword compares, a few at a time.
func (s *Sessions) checkPassword(ctx context.Context, password, hash string) (bool, error) {
	select {
	case s.checks <- struct{}{}:
		defer func() { <-s.checks }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return auth.CheckPassword(password, hash)
}

// refused records a failed sign-in: at the user, or at the instance when there
// is none, so that both cost the same.
func (s *Sessions) refused(ctx context.Context, user models.User, address string, now time.Time) error {
	return s.store.Tx(ctx, func(st *store.Store) error {
		after := map[string]any{"address": address}
		if user.ID != "" {
			return userEvent(ctx, st, user, models.EventSignInFailed, now, nil, after)
		}
		return instanceEvent(ctx, st, models.EventSignInFailed, now, after)
	})
}

// instanceEvent records what belongs to no organization.
func instanceEvent(ctx context.Context, st *store.Store, event models.EventType, at time.Time, after any) error {
	if err := st.LockInstance(ctx); err != nil {
		return err
	}
	last, err := st.LastSequence(ctx, models.AggregateInstance, "")
	if err != nil {
		return err
	}
	return record(ctx, st, models.Event{Aggregate: models.AggregateInstance, Sequence: last + 1, Type: event, At: at}, nil, after)
}

// begin makes a session for a user who has proved to be one.
func (s *Sessions) begin(ctx context.Context, user models.User, userAgent, address string) (string, models.Session, error) {
	now, secret := s.moment(), auth.NewSecret()
	session := models.Session{ID: auth.HashSecret(secret), UserID: user.ID, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(s.lifetime), UserAgent: cut(userAgent, 300), Address: cut(address, 100)}
	ctx = asUser(ctx, user)
	err := s.store.Tx(ctx, func(st *store.Store) error {
		if err := st.DeleteSessions(ctx, now, now.Add(-s.idle)); err != nil {
			return err
		}
		if err := st.CreateSession(ctx, session); err != nil {
			return err
		}
		return userEvent(ctx, st, user, models.EventSignedIn, now, nil, map[string]any{"address": session.Address})
	})
	if err != nil {
		return "", models.Session{}, err
	}
	s.changed(ctx, "signed in", "user_id", user.ID)
	return secret, session, nil
}

// asUser attributes what follows to a user who signs in or out.
func asUser(ctx context.Context, user models.User) context.Context {
	p := auth.Principal{UserID: user.ID, Name: displayName(user), OrgID: user.OrgID, Source: models.SourceConsole}
	if before := auth.From(ctx); before != nil {
		p.RequestID = before.RequestID
	}
	return auth.WithPrincipal(ctx, &p)
}

// cut shortens foreign text to n bytes at most, at a character's end.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return text[:n]
}

// Session returns whose session a cookie's secret is, and notes that it was
// seen, at most once a minute.
func (s *Sessions) Session(ctx context.Context, secret string) (models.User, models.Session, error) {
	session, err := s.store.Session(ctx, auth.HashSecret(secret))
	if models.KindOf(err) == models.KindNotFound {
		return models.User{}, models.Session{}, errSession
	}
	if err != nil {
		return models.User{}, models.Session{}, err
	}
	now := s.moment()
	if !now.Before(session.ExpiresAt) || now.Sub(session.SeenAt) >= s.idle {
		return models.User{}, models.Session{}, errSession
	}
	user, err := s.store.User(ctx, session.UserID)
	if err != nil {
		return models.User{}, models.Session{}, err
	}
	if now.Sub(session.SeenAt) >= touchEvery {
		if err := s.store.TouchSession(ctx, session.ID, now); err != nil {
			s.log.WarnContext(ctx, "session use not noted", "user_id", user.ID, "error", err)
		}
	}
	return user, session, nil
}

// SignOut ends the session of a cookie's secret. An unknown one is no error.
func (s *Sessions) SignOut(ctx context.Context, secret string) error {
	session, err := s.store.Session(ctx, auth.HashSecret(secret))
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(ctx, session)
}

// List returns the caller's own sessions, the one seen last first.
func (s *Sessions) List(ctx context.Context) ([]models.Session, error) {
	p := auth.From(ctx)
	if p == nil || p.UserID == "" {
		return nil, errSession
	}
	return s.store.SessionsOf(ctx, p.UserID)
}

// End ends one of the caller's own sessions by its id.
func (s *Sessions) End(ctx context.Context, id string) error {
	p := auth.From(ctx)
	if p == nil || p.UserID == "" {
		return errSession
	}
	session, err := s.store.Session(ctx, id)
	if err != nil {
		return err
	}
	if session.UserID != p.UserID {
		return models.NotFound(models.RuleTokenNotFound, "This session does not exist.")
	}
	return s.end(ctx, session)
}

func (s *Sessions) end(ctx context.Context, session models.Session) error {
	user, err := s.store.User(ctx, session.UserID)
	if err != nil {
		return err
	}
	ctx = asUser(ctx, user)
	err = s.store.Tx(ctx, func(st *store.Store) error {
		there, err := st.DeleteSession(ctx, session.ID)
		if err != nil || !there {
			return err
		}
		return userEvent(ctx, st, user, models.EventSignedOut, s.moment(), nil, nil)
	})
	if err != nil {
		return err
	}
	s.changed(ctx, "signed out", "user_id", user.ID)
	return nil
}
