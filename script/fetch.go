package script

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"flowbench/script/vm"
)

// transport answers requests of zitadel/http from the network, within what the
// guard allows. All runs of an engine share one, and so its idle connections.
type transport struct {
	opts     Transport
	guard    *guard
	client   *http.Client
	resolver *net.Resolver // nil is the system's
}

func newTransport(opts Transport) (*transport, error) {
	g, err := newGuard(opts.Deny, opts.Allow)
	if err != nil {
		return nil, err
	}
	t := &transport{opts: opts, guard: g}
	rt := &http.Transport{
		DialContext:            t.dial,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
	if opts.Proxy != nil {
		rt.Proxy = http.ProxyURL(opts.Proxy)
	}
	t.client = &http.Client{Transport: rt, CheckRedirect: t.redirect}
	return t, nil
}

func (t *transport) close() { t.client.CloseIdleConnections() }

// dial judges each address at the moment it is connected to.
func (t *transport) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: 10 * time.Second, Resolver: t.resolver}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if !t.guard.trusts(host) && t.opts.Proxy == nil {
		d.Control = t.control
	}
	return d.DialContext(ctx, network, address)
}

func (t *transport) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	return t.guard.address(to.Addr())
}

func (t *transport) redirect(req *http.Request, via []*http.Request) error {
	if limit := max(0, t.opts.Redirects); len(via) > limit {
		return fmt.Errorf("stopped after %d redirects", limit)
	}
	return t.judge(req.Context(), req.URL)
}

// judge decides about a host before it is asked for anything. Behind a proxy
// there is no dial to judge, so the addresses are looked up here.
func (t *transport) judge(ctx context.Context, u *url.URL) error {
	host := u.Hostname()
	if !hostAllowed(ctx, u) {
		return errHostNotAllowed
	}
	if err := t.guard.host(host); err != nil || t.opts.Proxy == nil || t.guard.trusts(host) {
		return err
	}
	addresses, err := t.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return err
	}
	for _, addr := range addresses {
		if err := t.guard.address(addr); err != nil {
			return err
		}
	}
	return nil
}

// fetch answers one request until the deadline of the context.
func (t *transport) fetch(ctx context.Context, in vm.FetchRequest) (vm.FetchResponse, error) {
	var body io.Reader
	if in.HasBody {
		body = bytes.NewReader(in.Body)
	}
	req, err := http.NewRequestWithContext(ctx, in.Method, in.URL, body)
	if err != nil {
		return vm.FetchResponse{}, err
	}
	req.Header = http.Header(in.Header)
	if req.Header == nil {
		req.Header = http.Header{}
	}
	if err := t.judge(ctx, req.URL); err != nil {
		return vm.FetchResponse{}, requestError(in.Method, in.URL, err)
	}
	res, err := t.client.Do(req)
	if err != nil {
		return vm.FetchResponse{}, plainDenial(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, t.opts.MaxResponse+1))
	if err == nil && int64(len(text)) > t.opts.MaxResponse {
		err = fmt.Errorf("answer is larger than %d bytes", t.opts.MaxResponse)
	}
	if err != nil {
		return vm.FetchResponse{}, requestError(in.Method, in.URL, err)
	}
	return vm.FetchResponse{Status: res.StatusCode, Header: res.Header, Body: text}, nil
}

// plainDenial leaves out what the dialler puts around a refusal, so that the
// text is the reference runtime's.
func plainDenial(err error) error {
	var denied *deniedError
	var outer *url.Error
	if errors.As(err, &denied) && errors.As(err, &outer) {
		return &url.Error{Op: outer.Op, URL: outer.URL, Err: denied}
	}
	return err
}

// requestError words an error the way net/http does.
func requestError(method, address string, err error) error {
	if u, parseErr := url.Parse(address); parseErr == nil {
		address = u.Redacted()
	}
	op := method
	if method != "" {
		op = method[:1] + strings.ToLower(method[1:])
	}
	return &url.Error{Op: op, URL: address, Err: err}
}
