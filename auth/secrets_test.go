package auth_test

import (
	"context"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
)

func TestSecretsAreLongAndDifferent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 100 {
		s := auth.NewSecret()
		if len(s) != 43 || seen[s] || strings.ContainsAny(s, "+/= ;,\"") {
			t.Fatalf("secret %q", s)
		}
		seen[s] = true
	}
	if h := auth.HashSecret("a"); len(h) != 64 || h == auth.HashSecret("b") || h != auth.HashSecret("a") {
		t.Errorf("hash %q", h)
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	hash, err := auth.HashPassword("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q has other costs", hash)
	}
	for _, test := range []struct {
		password, hash string
		want           bool
	}{{"correct horse", hash, true}, {"Correct horse", hash, false}, {"", hash, false}, {"", "", false}, {"anything", "", false}} {
		if got, err := auth.CheckPassword(test.password, test.hash); err != nil || got != test.want {
			t.Errorf("%q against %q: %v, %v, want %v", test.password, test.hash, got, err, test.want)
		}
	}
	if _, err := auth.CheckPassword("x", "nonsense"); err == nil {
		t.Error("a broken hash was no error")
	}
}

func TestRequire(t *testing.T) {
	t.Parallel()
	if _, err := auth.Require(context.Background(), auth.ActionRead); models.KindOf(err) != models.KindUnauthenticated {
		t.Errorf("without principal: %v", err)
	}
	ctx := auth.WithPrincipal(context.Background(), &auth.Principal{Permissions: auth.PermissionsOf([]string{"ORG_OWNER_VIEWER", "PROJECT_OWNER"})})
	if p, err := auth.Require(ctx, auth.ActionRead); err != nil || p == nil {
		t.Errorf("granted: %v", err)
	}
	if _, err := auth.Require(ctx, auth.ActionWrite); models.KindOf(err) != models.KindPermissionDenied || models.RuleOf(err) != models.RulePermission {
		t.Errorf("not granted: %v", err)
	}
	if auth.KnownRole("ORG_KING") || !auth.KnownRole("PROJECT_OWNER") || !auth.KnownRole("IAM_OWNER") {
		t.Error("the known roles are others")
	}
}
