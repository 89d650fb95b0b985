package script

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
)

var errHostNotAllowed = errors.New("host is not among the allowed hosts of the organization")

// hostsKey is the key of the allowed hosts in the context of a request, where
// redirects meet them again.
type hostsKey struct{}

// withHosts limits the requests of the context to these hosts, if there are any.
func withHosts(ctx context.Context, hosts []string) context.Context {
	if len(hosts) == 0 {
		return ctx
	}
	return context.WithValue(ctx, hostsKey{}, hosts)
}

// hostAllowed reports whether the organization lets its scripts ask the host,
// named with or without port.
func hostAllowed(ctx context.Context, u *url.URL) bool {
	hosts, limited := ctx.Value(hostsKey{}).([]string)
	return !limited || slices.ContainsFunc(hosts, func(h string) bool {
		return strings.EqualFold(h, u.Hostname()) || strings.EqualFold(h, u.Host)
	})
}
