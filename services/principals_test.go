package services_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
	"flowbench/store"
	"flowbench/store/storetest"
)

func TestMembershipsCountWhereTheyAre(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		other := auth.From(w.otherOrg(t, "Other")).OrgID
		local := w.member(t, "local", w.org.ID, "ORG_OWNER")
		foreign := w.member(t, "foreign", other, "ORG_OWNER_VIEWER")
		global := w.member(t, "global", "", "IAM_OWNER")
		empty := w.member(t, "empty", w.org.ID, "PROJECT_OWNER")
		none := w.member(t, "none", "")
		tests := []struct {
			title string
			user  string
			org   string
			kind  models.Kind
			rule  models.Rule
			can   auth.Permission
		}{
			{"own organization", local.ID, w.org.ID, 0, "", auth.ActionWrite},
			{"no organization named", local.ID, "", 0, "", auth.ActionDelete},
			{"membership of another organization", local.ID, other, models.KindNotFound, models.RuleNoMembership, ""},
			{"member elsewhere only", foreign.ID, "", models.KindNotFound, models.RuleNoMembership, ""},
			{"viewer elsewhere", foreign.ID, other, 0, "", auth.ActionRead},
			{"instance membership anywhere", global.ID, other, 0, "", auth.IAMWrite},
			{"unknown organization comes before membership", none.ID, "999999999999999999", models.KindPermissionDenied, models.RuleOrgNotFound, ""},
			{"unknown organization for an owner", global.ID, "nope", models.KindPermissionDenied, models.RuleOrgNotFound, ""},
			{"organization with a NUL", global.ID, "\x00", models.KindPermissionDenied, models.RuleOrgNotFound, ""},
			{"no membership at all", none.ID, w.org.ID, models.KindNotFound, models.RuleNoMembership, ""},
			{"membership that grants nothing", empty.ID, w.org.ID, 0, "", ""},
			{"unknown user", "nobody", w.org.ID, models.KindUnauthenticated, models.RuleTokenInvalid, ""},
		}
		for _, test := range tests {
			t.Run(test.title, func(t *testing.T) {
				p, err := w.Principals.In(context.Background(), test.user, test.org, models.SourceAPI)
				if test.rule != "" {
					wantRule(t, err, test.kind, test.rule)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if test.can == "" && len(p.Permissions) > 0 || test.can != "" && !p.Can(test.can) {
					t.Errorf("permissions %v, want %q", p.Permissions, test.can)
				}
			})
		}
	})
}

// clock is a time that tests move.
type clock struct{ now time.Time }

func (c *clock) time() time.Time { return c.now }

func TestTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		c := &clock{time.Date(2026, 1, 15, 9, 30, 0, 123456789, time.UTC)}
		w := newWorld(t, st, services.Options{Now: c.time})
		user := w.member(t, "tool", w.org.ID, "ORG_OWNER")
		expires := c.now.Add(time.Hour)
		token, secret, err := w.Tokens.Create(w.ctx, user.ID, &expires)
		if err != nil {
			t.Fatal(err)
		}
		if len(secret) < 40 || token.Last4 != secret[len(secret)-4:] || strings.Contains(token.Hash, secret) {
			t.Errorf("token %+v of secret with %d characters", token, len(secret))
		}
		userID, tokenID, err := w.Principals.ByToken(context.Background(), secret)
		if err != nil || userID != user.ID || tokenID != token.ID {
			t.Errorf("by token: %q %q %v", userID, tokenID, err)
		}
		for _, wrong := range []string{"", secret + "x", secret[1:], token.Hash, token.ID} {
			_, _, err := w.Principals.ByToken(context.Background(), wrong)
			wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		}
		c.now = expires.Add(-time.Microsecond)
		if _, _, err := w.Principals.ByToken(context.Background(), secret); err != nil {
			t.Errorf("just before it expires: %v", err)
		}
		c.now = expires
		_, _, err = w.Principals.ByToken(context.Background(), secret)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
	})
}

func TestRevokedTokenIsRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		user := w.member(t, "tool", w.org.ID, "ORG_OWNER")
		token, secret, err := w.Tokens.Create(w.ctx, user.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time changes nothing
			if err := w.Tokens.Revoke(w.ctx, token.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err = w.Principals.ByToken(context.Background(), secret)
		wantRule(t, err, models.KindUnauthenticated, models.RuleTokenInvalid)
		wantRule(t, w.Tokens.Revoke(w.ctx, "nope"), models.KindNotFound, models.RuleTokenNotFound)
		var types []models.EventType
		for _, e := range allEvents(t, w) {
			if e.AggregateID == user.ID {
				types = append(types, e.Type)
			}
		}
		if want := []models.EventType{models.EventUserCreated, models.EventTokenCreated, models.EventTokenRevoked}; !slices.Equal(types, want) {
			t.Errorf("events %v, want %v", types, want)
		}
	})
}

func TestTokenUseIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		c := &clock{time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)}
		w := newWorld(t, st, services.Options{Now: c.time})
		user := w.member(t, "tool", w.org.ID, "ORG_OWNER")
		_, secret, err := w.Tokens.Create(w.ctx, user.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct{ after, want time.Duration }{{0, 0}, {59 * time.Second, 0}, {60 * time.Second, 60 * time.Second}, {90 * time.Second, 60 * time.Second}} {
			start := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
			c.now = start.Add(step.after)
			if _, _, err := w.Principals.ByToken(context.Background(), secret); err != nil {
				t.Fatal(err)
			}
			list, err := w.Tokens.List(w.ctx, user.ID)
			if err != nil || list[0].LastUsedAt == nil || !list[0].LastUsedAt.Equal(start.Add(step.want)) {
				t.Errorf("after %v: last use %v, %v", step.after, list[0].LastUsedAt, err)
			}
		}
	})
}

func TestTokensAndWhoMayMakeThem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		viewer := w.member(t, "viewer", w.org.ID, "ORG_OWNER_VIEWER")
		tool := w.member(t, "tool", w.org.ID, "ORG_OWNER")
		p, err := w.Principals.In(context.Background(), viewer.ID, "", models.SourceAPI)
		if err != nil {
			t.Fatal(err)
		}
		ctx := auth.WithPrincipal(context.Background(), p)
		if _, _, err := w.Tokens.Create(ctx, viewer.ID, nil); err != nil {
			t.Errorf("for oneself: %v", err)
		}
		_, _, err = w.Tokens.Create(ctx, tool.ID, nil)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)
		other := w.otherOrg(t, "Other")
		auth.From(other).Permissions = auth.PermissionsOf([]string{"ORG_OWNER"})
		_, _, err = w.Tokens.Create(other, tool.ID, nil)
		wantRule(t, err, models.KindNotFound, models.RuleUserNotFound)
		past := time.Now().Add(-time.Hour)
		_, _, err = w.Tokens.Create(w.ctx, tool.ID, &past)
		wantRule(t, err, models.KindInvalid, models.RuleTokenInvalid)
	})
}
