package services

import (
	"sync"
	"time"

	"flowbench/models"
)

// The bounds of failed sign-ins within attemptWindow. One person mistypes
// seldom more often than this; a household or an office shares an address.
const (
	attemptWindow      = 15 * time.Minute
	attemptsPerAccount = 10
	attemptsPerAddress = 50
	attemptsRemembered = 100_000 // keys; beyond it the oldest windows go
)

// attempts counts failed sign-ins of this process.
type attempts struct {
	mu    sync.Mutex
	fails map[string]*window
}

// window counts from its first failure.
type window struct {
	start time.Time
	count int
}

func newAttempts() *attempts { return &attempts{fails: map[string]*window{}} }

// check refuses when an account or an address has failed too often.
func (a *attempts) check(account, address string, now time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait := max(a.wait("account:"+account, attemptsPerAccount, now), a.wait("address:"+address, attemptsPerAddress, now))
	if wait <= 0 {
		return nil
	}
	return &models.Error{Kind: models.KindExhausted, Rule: models.RuleRateLimited,
		Message: "Too many failed sign-ins. Try again later.", Args: map[string]any{"retryAfter": wait}}
}

// wait returns how long a key must wait, 0 for not at all.
func (a *attempts) wait(key string, limit int, now time.Time) time.Duration {
	w := a.fails[key]
	if w == nil || w.count < limit {
		return 0
	}
	return w.start.Add(attemptWindow).Sub(now)
}

// failed counts one failure.
func (a *attempts) failed(account, address string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forgetOld(now)
	for _, key := range []string{"account:" + account, "address:" + address} {
		w := a.fails[key]
		if w == nil || now.Sub(w.start) >= attemptWindow {
			w = &window{start: now}
			a.fails[key] = w
		}
		w.count++
	}
}

// succeeded forgets the failures of an account. Those of the address stay: an
// attacker may own one account.
func (a *attempts) succeeded(account string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.fails, "account:"+account)
}

// forgetOld keeps the map bounded.
func (a *attempts) forgetOld(now time.Time) {
	if len(a.fails) < attemptsRemembered {
		return
	}
	for key, w := range a.fails {
		if now.Sub(w.start) >= attemptWindow {
			delete(a.fails, key)
		}
	}
	if len(a.fails) >= attemptsRemembered {
		clear(a.fails)
	}
}
