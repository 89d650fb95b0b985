package api

import (
	"context"
	"testing"

	"flowbench/auth"
	"flowbench/services"
)

// method0 is a method without rows of its own.
var method0 = method{name: "none", request: "None"}

// operatorOf makes an organization and returns a context that may do
// everything there.
func operatorOf(t testing.TB, s *services.Services) context.Context {
	t.Helper()
	org, err := s.Orgs.Create(auth.WithPrincipal(context.Background(), auth.Operator("")), "Acme")
	if err != nil {
		t.Fatal(err)
	}
	return auth.WithPrincipal(context.Background(), auth.Operator(org.ID))
}
