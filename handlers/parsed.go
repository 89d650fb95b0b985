package handlers

import (
	"context"
	"sync"

	"flowbench/models"
	"flowbench/services"
)

// Bounds of the memory of parsed scripts.
const (
	parsedKept    = 10_000 // versions remembered
	parsedPerPage = 200    // scripts parsed for one page; the rest follows with the next
)

// parsed remembers which versions of actions have no syntax error. A version
// never changes, so nothing has to be forgotten but for room.
type parsed struct {
	mu    sync.Mutex
	known map[versionKey]bool
}

type versionKey struct {
	actionID string
	version  int
}

func newParsed() *parsed { return &parsed{known: map[versionKey]bool{}} }

// broken returns the ids of the actions whose script does not parse. What
// cannot be found out now is left out, since the page is useful without it.
func (p *parsed) broken(ctx context.Context, scripts *services.Scripts, actions []models.Action) map[string]bool {
	broken := map[string]bool{}
	asked := 0
	for _, a := range actions {
		key := versionKey{a.ID, a.Version}
		ok, known := p.look(key)
		if !known {
			if asked++; asked > parsedPerPage {
				continue
			}
			var err error
			if ok, err = scripts.Parses(ctx, a.Script); err != nil {
				continue
			}
			p.keep(key, ok)
		}
		if !ok {
			broken[a.ID] = true
		}
	}
	return broken
}

func (p *parsed) look(key versionKey) (ok, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ok, known = p.known[key]
	return ok, known
}

func (p *parsed) keep(key versionKey, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= parsedKept {
		clear(p.known)
	}
	p.known[key] = ok
}
