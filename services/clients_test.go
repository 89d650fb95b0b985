package services_test

import (
	"context"
	"testing"

	"flowbench/auth"
	"flowbench/models"
)

func TestClients_TakeSafeAddressesOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		for _, redirects := range [][]string{nil, {""}, {"/back"}, {"https://"}, {"javascript:alert(1)"}, {"data:text/html,x"},
			{"https://a.example/#x"}, {"https://u:p@a.example/"}, {"https://a.example/", "::"}, make([]string, 21)} {
			_, _, err := w.Clients.Create(w.ctx, w.org.ID, "Deployer", redirects, false)
			wantRule(t, err, models.KindInvalid, models.RuleClientInvalid)
		}
		_, _, err := w.Clients.Create(w.ctx, w.org.ID, " ", []string{"https://a.example/"}, false)
		wantRule(t, err, models.KindInvalid, models.RuleClientInvalid)
		_, _, err = w.Clients.Create(w.ctx, "7", "Deployer", []string{"https://a.example/"}, false)
		if models.RuleOf(err) != models.RuleOrgNotFound {
			t.Errorf("unknown organization: %v", err)
		}
		for _, redirects := range [][]string{{"https://a.example/back?x=1"}, {"http://127.0.0.1/"}, {"com.example.app:/back"}} {
			if _, _, err := w.Clients.Create(w.ctx, w.org.ID, "Deployer", redirects, false); err != nil {
				t.Errorf("%v: %v", redirects, err)
			}
		}
	})
}

func TestClients_AreTheInstancesBusiness(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		client, secret, err := w.Clients.Create(w.ctx, w.org.ID, "Deployer", []string{"https://a.example/"}, true)
		if err != nil || secret == "" || client.SecretHash != auth.HashSecret(secret) || client.Public() {
			t.Fatalf("%+v, %v", client, err)
		}
		owner := auth.WithPrincipal(context.Background(), &auth.Principal{UserID: "9", OrgID: w.org.ID,
			Permissions: auth.PermissionsOf([]string{string(auth.RoleOrgOwner)})})
		_, _, err = w.Clients.Create(owner, w.org.ID, "Phisher", []string{"https://evil.example/"}, false)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)
		_, err = w.Clients.List(owner, w.org.ID)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)
		wantRule(t, w.Clients.Delete(owner, client.ID), models.KindPermissionDenied, models.RulePermission)
		if err := w.Clients.Delete(w.ctx, client.ID); err != nil {
			t.Fatal(err)
		}
		wantRule(t, w.Clients.Delete(w.ctx, client.ID), models.KindNotFound, models.RuleClientNotFound)
		list, err := w.Clients.List(w.ctx, w.org.ID)
		if err != nil || len(list) != 0 {
			t.Errorf("left %+v, %v", list, err)
		}
		events, err := w.Events.List(w.ctx, models.EventFilter{Types: []models.EventType{models.EventClientCreated, models.EventClientDeleted}})
		if err != nil || len(events) != 2 {
			t.Errorf("events %+v, %v", events, err)
		}
	})
}
