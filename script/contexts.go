package script

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"sync"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
)

// Bounds of what is kept of encoded contexts.
const (
	keptContexts     = 64
	keptContextBytes = 4 << 20
	keptContextFor   = 30 * time.Second // they hold what users would not want kept
)

// contexts keeps the last contexts in their encoded form. One sign-in runs
// several chains on the same context, and test runs repeat theirs; reading ten
// kilobytes of JSON takes longer than a short script.
type contexts struct {
	mu    sync.Mutex
	seed  maphash.Seed
	kept  map[uint64]keptContext
	bytes int
	timer *time.Timer // of the next sweep, nil while nothing is kept
}

type keptContext struct {
	trigger models.Slug
	raw     []byte
	encoded vm.Context
	until   time.Time
}

func newContexts() *contexts {
	return &contexts{seed: maphash.MakeSeed(), kept: map[uint64]keptContext{}}
}

func (c *contexts) encode(trigger models.Slug, raw json.RawMessage) (vm.Context, error) {
	key := maphash.Bytes(c.seed, raw) ^ maphash.String(c.seed, string(trigger))
	now := time.Now()
	c.mu.Lock()
	k, ok := c.kept[key]
	c.mu.Unlock()
	if ok && k.trigger == trigger && now.Before(k.until) && bytes.Equal(k.raw, raw) {
		return k.encoded, nil
	}
	encoded, err := vm.EncodeContext(trigger, raw)
	if err == nil && len(raw) <= keptContextBytes/16 {
		c.keep(key, keptContext{trigger, bytes.Clone(raw), encoded, now.Add(keptContextFor)}, now)
	}
	return encoded, err
}

// keep stores a context; when there is no room left, it forgets all others.
func (c *contexts) keep(key uint64, k keptContext, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(key, now)
	if len(c.kept) >= keptContexts || c.bytes+k.size() > keptContextBytes {
		clear(c.kept)
		c.bytes = 0
	}
	c.kept[key] = k
	c.bytes += k.size()
	if c.timer == nil {
		c.timer = time.AfterFunc(keptContextFor, c.sweep)
	}
}

// forget drops one context and those whose time is over.
func (c *contexts) forget(key uint64, now time.Time) {
	for other, o := range c.kept {
		if other == key || now.After(o.until) {
			c.bytes -= o.size()
			delete(c.kept, other)
		}
	}
}

func (c *contexts) sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(0, time.Now())
	c.timer = nil
	if len(c.kept) > 0 {
		c.timer = time.AfterFunc(keptContextFor, c.sweep)
	}
}

func (c *contexts) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.kept)
	if c.timer != nil {
		c.timer.Stop()
	}
}

func (k keptContext) size() int { return len(k.raw) + len(k.encoded) }
