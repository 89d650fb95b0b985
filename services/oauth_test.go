package services_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"flowbench/auth"
	"flowbench/auth/oauth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

// clockWorld is a world with a clock that the test turns.
type clockWorld struct {
	world
	now *time.Time
}

func secretKey() (string, error) { return strings.Repeat("s", 40), nil }

func eachClockWorld(t *testing.T, fn func(t *testing.T, w clockWorld)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		now := time.Now()
		w := newWorld(t, st, services.Options{Now: func() time.Time { return now }, SecretKey: secretKey})
		fn(t, clockWorld{w, &now})
	})
}

// issue makes an access token of a user for the API and returns its text.
func (w world) issue(t testing.TB, user models.User) (models.AccessToken, string) {
	t.Helper()
	token, err := w.OAuth.Issue(context.Background(), oauth.Grant{UserID: user.ID, ClientID: user.ID, Audience: []string{models.APIAudience}, Scopes: []string{"openid"}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := w.OAuth.Seal(context.Background(), token.ID+":"+user.ID)
	if err != nil {
		t.Fatal(err)
	}
	return token, text
}

func TestAccessTokens_EndAfterTwelveHours(t *testing.T) {
	eachClockWorld(t, func(t *testing.T, w clockWorld) {
		user := w.robot(t, "robot")
		token, text := w.issue(t, user)
		*w.now = w.now.Add(12*time.Hour - time.Second)
		if userID, id, err := w.Principals.ByToken(context.Background(), text); err != nil || userID != user.ID || id != token.ID {
			t.Errorf("before: %q %q %v", userID, id, err)
		}
		*w.now = w.now.Add(2 * time.Second)
		_, _, err := w.Principals.ByToken(context.Background(), text)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		if err := w.OAuth.Prune(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.st.AccessToken(context.Background(), token.ID); models.KindOf(err) != models.KindNotFound {
			t.Errorf("the ended token is kept: %v", err)
		}
	})
}

func TestAccessTokens_OfAnotherUserOrWithoutSealAreRefused(t *testing.T) {
	eachClockWorld(t, func(t *testing.T, w clockWorld) {
		token, text := w.issue(t, w.robot(t, "robot"))
		forged, err := w.OAuth.Seal(context.Background(), token.ID+":"+w.robot(t, "other").ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range []string{forged, text[:len(text)-2], token.ID + ":x", "1." + text, strings.Replace(text, ".", ".A", 1)} {
			_, _, err := w.Principals.ByToken(context.Background(), wrong)
			wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		}
		if err := w.OAuth.RevokeToken(context.Background(), token.ID); err != nil {
			t.Fatal(err)
		}
		_, _, err = w.Principals.ByToken(context.Background(), text)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
	})
}

func TestServiceKeys_EndWhenTheirFileSays(t *testing.T) {
	eachClockWorld(t, func(t *testing.T, w clockWorld) {
		user := w.robot(t, "robot")
		ends := w.now.Add(time.Hour)
		key, _, err := w.Keys.Create(w.ctx, user.ID, &ends)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.OAuth.ServiceKey(context.Background(), user.ID, key.ID); err != nil {
			t.Errorf("before: %v", err)
		}
		_, err = w.OAuth.ServiceKey(context.Background(), w.org.ID, key.ID)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		*w.now = ends
		_, err = w.OAuth.ServiceKey(context.Background(), user.ID, key.ID)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
	})
}

func TestRotation_KeepsOldTokensGoodUntilTheyEnd(t *testing.T) {
	eachClockWorld(t, func(t *testing.T, w clockWorld) {
		ctx := context.Background()
		user := w.robot(t, "robot")
		_, before := w.issue(t, user)
		old, err := w.OAuth.SigningKeys(ctx)
		if err != nil || len(old) != 1 {
			t.Fatalf("%v, %v", old, err)
		}
		viewer := auth.WithPrincipal(ctx, &auth.Principal{UserID: user.ID, OrgID: w.org.ID, Permissions: auth.PermissionsOf([]string{string(auth.RoleOrgOwner)})})
		_, err = w.OAuth.RotateKeys(viewer)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)

		// The command is another process, with its own copy of everything.
		elsewhere := services.New(w.st, nil, services.Options{Now: func() time.Time { return *w.now }, SecretKey: secretKey})
		ends, err := elsewhere.OAuth.RotateKeys(w.ctx)
		if err != nil || !ends.Equal(store.Moment(w.now.Add(12*time.Hour))) {
			t.Fatalf("%v, %v", ends, err)
		}
		_, after := w.issue(t, user)
		keyOf := func(text string) string { id, _, _ := strings.Cut(text, "."); return id }
		if keyOf(before) == keyOf(after) {
			t.Error("the old key is still in use")
		}
		fresh, err := w.OAuth.SigningKeys(ctx)
		if err != nil || len(fresh) != 2 || fresh[0].KeyID == old[0].KeyID || fresh[1].KeyID != old[0].KeyID {
			t.Errorf("signing keys %v, %v", fresh, err)
		}
		for _, s := range []*services.Services{w.Services, elsewhere} {
			for _, text := range []string{before, after} {
				if _, _, err := s.Principals.ByToken(ctx, text); err != nil {
					t.Errorf("a token is refused: %v", err)
				}
			}
		}
		*w.now = ends.Add(time.Second)
		if err := w.OAuth.Prune(ctx); err != nil {
			t.Fatal(err)
		}
		if left, err := w.OAuth.SigningKeys(ctx); err != nil || len(left) != 1 || left[0].KeyID != fresh[0].KeyID {
			t.Errorf("left %v, %v", left, err)
		}
	})
}

func TestKeys_AreSealedInTheDatabase(t *testing.T) {
	eachClockWorld(t, func(t *testing.T, w clockWorld) {
		ctx := context.Background()
		w.issue(t, w.robot(t, "robot"))
		if err := w.OAuth.CheckSecretKey(ctx); err != nil {
			t.Errorf("the right secret key: %v", err)
		}
		other := services.New(w.st, nil, services.Options{SecretKey: func() (string, error) { return strings.Repeat("x", 40), nil }})
		if err := other.OAuth.CheckSecretKey(ctx); err == nil {
			t.Error("a wrong secret key is not noticed")
		}
		none := services.New(w.st, nil, services.Options{})
		_, err := none.OAuth.Seal(ctx, "x")
		wantRule(t, err, models.KindPrecondition, models.RuleSecretKey)
	})
}
