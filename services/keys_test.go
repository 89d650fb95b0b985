package services_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"flowbench/auth"
	"flowbench/models"
)

// robot makes a machine user with a role in the world's organization.
func (w world) robot(t testing.TB, name string) models.User {
	t.Helper()
	user, err := w.Users.Create(w.ctx, models.User{Name: name, Type: models.UserMachine}, "")
	if err != nil {
		t.Fatalf("create user: %v", err)
	}
	if _, err := w.Members.Set(w.ctx, user.ID, w.org.ID, []string{string(auth.RoleOrgOwner)}); err != nil {
		t.Fatalf("set membership: %v", err)
	}
	return user
}

func TestKeys_LiveAndDie(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		user := w.robot(t, "robot")
		key, file, err := w.Keys.Create(w.ctx, user.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if file.Type != "serviceaccount" || file.KeyID != key.ID || file.UserID != user.ID || !strings.HasPrefix(file.Key, "-----BEGIN RSA PRIVATE KEY-----") {
			t.Errorf("key file %+v", file)
		}
		if year := time.Until(file.ExpirationDate); year < 364*24*time.Hour || year > 366*24*time.Hour {
			t.Errorf("the key ends in %v", year)
		}
		stored, err := w.st.ServiceKey(context.Background(), key.ID)
		if err != nil || stored.UserID != user.ID || !json.Valid([]byte(stored.PublicKey)) || !stored.Usable(time.Now()) {
			t.Errorf("stored %+v, %v", stored, err)
		}
		for range 2 {
			if err := w.Keys.Revoke(w.ctx, key.ID); err != nil {
				t.Fatal(err)
			}
		}
		list, err := w.Keys.List(w.ctx, user.ID)
		if err != nil || len(list) != 1 || list[0].Usable(time.Now()) {
			t.Errorf("list %+v, %v", list, err)
		}
		events, err := w.Events.List(w.ctx, models.EventFilter{AggregateID: user.ID, Types: []models.EventType{models.EventKeyCreated, models.EventKeyRevoked}})
		if err != nil || len(events) != 2 || strings.Contains(events[0].After+events[1].After, "PRIVATE") {
			t.Errorf("events %+v, %v", events, err)
		}
	})
}

func TestKeys_Refuse(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		person, err := w.Users.Create(w.ctx, models.User{Name: "ada", Type: models.UserHuman, Email: "ada@example.com"}, "")
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = w.Keys.Create(w.ctx, person.ID, nil)
		wantRule(t, err, models.KindInvalid, models.RuleKeyInvalid)
		_, _, err = w.Keys.SetSecret(w.ctx, person.ID)
		wantRule(t, err, models.KindInvalid, models.RuleKeyInvalid)
		user := w.robot(t, "robot")
		past := time.Now().Add(-time.Minute)
		_, _, err = w.Keys.Create(w.ctx, user.ID, &past)
		wantRule(t, err, models.KindInvalid, models.RuleKeyInvalid)
		wantRule(t, w.Keys.Revoke(w.ctx, "7"), models.KindNotFound, models.RuleKeyNotFound)

		key, _, err := w.Keys.Create(w.ctx, user.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		stranger := auth.WithPrincipal(context.Background(), &auth.Principal{UserID: "9", OrgID: "other",
			Permissions: auth.PermissionsOf([]string{string(auth.RoleOrgOwner)})})
		_, _, err = w.Keys.Create(stranger, user.ID, nil)
		wantRule(t, err, models.KindNotFound, models.RuleUserNotFound)
		_, err = w.Keys.List(stranger, user.ID)
		wantRule(t, err, models.KindNotFound, models.RuleUserNotFound)
		wantRule(t, w.Keys.Revoke(stranger, key.ID), models.KindNotFound, models.RuleUserNotFound)
		viewer := auth.WithPrincipal(context.Background(), &auth.Principal{UserID: "9", OrgID: w.org.ID,
			Permissions: auth.PermissionsOf([]string{string(auth.RoleOrgOwnerViewer)})})
		_, _, err = w.Keys.SetSecret(viewer, user.ID)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)
	})
}

func TestClientSecrets_AreShownOnceAndReplaced(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		user := w.robot(t, "robot")
		name, first, err := w.Keys.SetSecret(w.ctx, user.ID)
		if err != nil || name != "robot" || len(first) < 40 {
			t.Fatalf("%q %q %v", name, first, err)
		}
		_, second, err := w.Keys.SetSecret(w.ctx, user.ID)
		if err != nil || second == first {
			t.Fatalf("%q %v", second, err)
		}
		row, err := w.st.ClientSecret(context.Background(), user.ID)
		if err != nil || row.Hash != auth.HashSecret(second) || strings.Contains(row.Hash, second) {
			t.Errorf("row %+v, %v", row, err)
		}
		for range 2 {
			if err := w.Keys.RemoveSecret(w.ctx, user.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.st.ClientSecret(context.Background(), user.ID); models.KindOf(err) != models.KindNotFound {
			t.Errorf("the secret is still there: %v", err)
		}
	})
}
