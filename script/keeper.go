package script

import (
	"sync"
	"time"
)

// keepEvery is how often deadlines are looked at: part of killGrace.
const keepEvery = 5 * time.Millisecond

// keeper ends exchanges that outlast their limit. One goroutine looks at all of
// them every few milliseconds, because setting and stopping a timer for each
// wakes other threads and costs more than a short run.
type keeper struct {
	mu      sync.Mutex
	watched map[*exchange]struct{}
	running bool
}

// watch looks after an exchange until forget.
func (k *keeper) watch(x *exchange) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.watched == nil {
		k.watched = map[*exchange]struct{}{}
	}
	k.watched[x] = struct{}{}
	if !k.running {
		k.running = true
		go k.loop()
	}
}

func (k *keeper) forget(x *exchange) {
	k.mu.Lock()
	delete(k.watched, x)
	k.mu.Unlock()
}

// lingering is how many rounds the keeper stays without work: exchanges come
// in bursts.
const lingering = 40

func (k *keeper) loop() {
	for idle := 0; idle < lingering; idle++ {
		time.Sleep(keepEvery)
		late, any := k.late(time.Now())
		for _, x := range late {
			x.kill(endTimeout)
		}
		if any {
			idle = 0
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running = false
	if len(k.watched) > 0 {
		k.running = true
		go k.loop()
	}
}

// late returns the exchanges that are over their limit by the grace.
func (k *keeper) late(now time.Time) (late []*exchange, any bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for x := range k.watched {
		if now.Sub(x.until()) >= killGrace {
			late = append(late, x)
		}
	}
	return late, len(k.watched) > 0
}
