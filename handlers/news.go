package handlers

import (
	"context"
	"sync"
	"time"
)

// newsEvery is how often the event table is asked while somebody watches. It
// is the table that is asked, and not this process, so that changes of the
// command line and of other processes show as well.
const newsEvery = time.Second

// news tells live pages that something happened. All pages of a process share
// one question per second; without watchers nothing is asked.
type news struct {
	last func(context.Context) (int64, error)

	mu       sync.Mutex
	watchers map[chan struct{}]bool
	ended    bool
	stop     context.CancelFunc
}

func newNews(last func(context.Context) (int64, error)) *news {
	return &news{last: last, watchers: map[chan struct{}]bool{}}
}

// watch returns a channel that gets a value when something happened, and is
// closed when the server stops. Call leave when done.
func (n *news) watch() (happened <-chan struct{}, leave func()) {
	channel := make(chan struct{}, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ended {
		close(channel)
		return channel, func() {}
	}
	n.watchers[channel] = true
	if len(n.watchers) == 1 {
		ctx, stop := context.WithCancel(context.Background())
		n.stop = stop
		go n.ask(ctx)
	}
	return channel, func() { n.leave(channel) }
}

func (n *news) leave(channel chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.watchers[channel] {
		return
	}
	if delete(n.watchers, channel); len(n.watchers) == 0 {
		n.stop()
	}
}

// ask looks at the event table until ctx ends.
func (n *news) ask(ctx context.Context) {
	ticker := time.NewTicker(newsEvery)
	defer ticker.Stop()
	seen := int64(-1)
	for {
		if id, err := n.last(ctx); err == nil && id != seen {
			seen = id
			n.tell(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// tell wakes the watchers; one that is still busy with the news before will
// look at everything anyway.
func (n *news) tell(ctx context.Context) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	for channel := range n.watchers {
		select {
		case channel <- struct{}{}:
		default:
		}
	}
}

// end closes all channels, for a server that stops.
func (n *news) end() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ended {
		return
	}
	n.ended = true
	for channel := range n.watchers {
		close(channel)
	}
	clear(n.watchers)
	if n.stop != nil {
		n.stop()
	}
}
