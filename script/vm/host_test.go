package vm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script/casetest"
	"flowbench/script/vm"
)

// host watches runs as the server does: with a state of its own.
type host struct {
	mirror  *vm.State
	called  int
	effects []models.Effect
	lines   []models.LogLine
	fetch   func(context.Context, vm.FetchRequest) (vm.FetchResponse, error)
	ctx     context.Context
}

func newHost(c vm.Context) *host { return &host{mirror: vm.NewState(c), ctx: context.Background()} }

func (h *host) Called() { h.called++ }

func (h *host) Effect(op vm.Op) {
	e, err := h.mirror.Apply(op)
	if err != nil {
		panic(err)
	}
	h.effects = append(h.effects, e)
}

func (h *host) Log(level models.Level, at time.Duration, message string) {
	h.lines = append(h.lines, models.LogLine{At: models.Seconds(at), Level: level, Message: message})
}

func (h *host) Fetch(req vm.FetchRequest) (vm.FetchResponse, error) {
	if h.fetch == nil {
		return vm.FetchResponse{}, errors.New("no network in this test")
	}
	return h.fetch(h.ctx, req)
}

// run runs one job on the state and on the mirror.
func (h *host) run(t testing.TB, r *vm.Runner, s *vm.State, job vm.Job) vm.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), job.LoadLimit()+job.Limit())
	defer cancel()
	h.ctx = ctx
	if job.Limit() < time.Second {
		h.ctx, cancel = context.WithTimeout(ctx, job.Limit())
		defer cancel()
	}
	h.mirror.Begin(job.Name, job.Strict)
	defer h.mirror.End()
	return r.Run(context.Background(), job, s, h)
}

// compare fails unless applying the streamed operations gave the same state.
func (h *host) compare(t testing.TB, s *vm.State) {
	t.Helper()
	runner, _ := json.Marshal(vm.Finish(s))
	host, _ := json.Marshal(vm.Finish(h.mirror))
	if !bytes.Equal(runner, host) {
		t.Errorf("the host's state differs:\n%s\n%s", runner, host)
	}
}

// fetcher calls the stub server, behind the case's deny list.
func fetcher(env casetest.Environment) func(context.Context, vm.FetchRequest) (vm.FetchResponse, error) {
	return func(ctx context.Context, r vm.FetchRequest) (vm.FetchResponse, error) {
		u, err := url.Parse(r.URL)
		if err != nil {
			return vm.FetchResponse{}, err
		}
		for _, entry := range env.DenyList {
			if _, network, err := net.ParseCIDR(entry); err == nil && network.Contains(net.ParseIP(u.Hostname())) {
				return vm.FetchResponse{}, fmt.Errorf("Get %q: ID=ACTIO-N72d0 Message=host is denied Parent=(address is denied by '%s')", r.URL, entry)
			}
		}
		req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
		if err != nil {
			return vm.FetchResponse{}, err
		}
		req.Header = r.Header
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return vm.FetchResponse{}, err
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return vm.FetchResponse{Status: res.StatusCode, Header: res.Header, Body: body}, err
	}
}
