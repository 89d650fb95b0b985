package script

import (
	"log/slog"
	"net/url"
	"runtime"
	"time"
)

// Options set an Engine up. The zero value is ready for use.
type Options struct {
	// Workers is the number of processes that run the chains of flows; 0 means
	// one per processor, at least two.
	Workers int
	// TestWorkers is the number of further processes for test runs and checks,
	// so that these never take a worker from a flow; 0 means two.
	TestWorkers int
	// OrgShare is how many workers of a kind one organization may hold at a
	// time; 0 means all but one.
	OrgShare int
	// Queue bounds how many chains may wait for a worker; 0 means 256. One
	// organization may take a quarter of it.
	Queue int
	// SoftMemory is the live heap at which a run ends, in bytes; 0 means 64 MiB.
	SoftMemory uint64
	// HTTP decides what zitadel/http may reach.
	HTTP Transport
	// Log gets what operators should know: layers that are off, lost workers.
	Log *slog.Logger
	// Observe is called with each run and each lost worker, for metrics. It must
	// not block.
	Observe func(Observation)
}

// Transport decides what requests of scripts may reach and cost.
type Transport struct {
	// Deny and Allow list addresses, networks in CIDR form and exact host names.
	// Allow wins. A nil Deny means DefaultDeny; all special-purpose networks are
	// denied in addition unless they are allowed.
	Deny, Allow []string
	// Redirects bounds how many are followed; 0 means five, below zero none.
	Redirects int
	// MaxResponse bounds an answer after decompression, in bytes; 0 means 1 MiB.
	MaxResponse int64
	// MaxCalls bounds the requests of one run; 0 means 100.
	MaxCalls int
	// Proxy is used for all requests when set. The environment is never asked.
	Proxy *url.URL
}

// DefaultDeny is the deny list of an engine that is not told otherwise.
func DefaultDeny() []string {
	return []string{"localhost", "127.0.0.0/8", "::1", "0.0.0.0", "::"}
}

const (
	killGrace    = 50 * time.Millisecond // between a limit and the end of the process
	checkLimit   = time.Second
	startLimit   = 15 * time.Second // for a worker to report ready
	defaultQueue = 256
	softMemory   = 64 << 20
)

func (o Options) withDefaults() Options {
	o.Workers = positive(o.Workers, max(2, runtime.GOMAXPROCS(0)))
	o.TestWorkers = positive(o.TestWorkers, 2)
	o.Queue = positive(o.Queue, defaultQueue)
	if o.SoftMemory == 0 {
		o.SoftMemory = softMemory
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(Observation) {}
	}
	o.HTTP = o.HTTP.withDefaults()
	return o
}

func (t Transport) withDefaults() Transport {
	if t.Deny == nil {
		t.Deny = DefaultDeny()
	}
	if t.Redirects == 0 {
		t.Redirects = 5
	}
	t.MaxResponse = positive(t.MaxResponse, 1<<20)
	t.MaxCalls = positive(t.MaxCalls, 100)
	return t
}

// share returns how many of a lane's workers one organization may hold.
func (o Options) share(workers int) int {
	if o.OrgShare > 0 {
		return min(o.OrgShare, workers)
	}
	return max(1, workers-1)
}

func positive[T int | int64](v, fallback T) T {
	if v > 0 {
		return v
	}
	return fallback
}
