package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

func TestSettings_EachGroupSavesAlone(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	path := link.Org(app.OrgID).Settings()
	for _, form := range []url.Values{
		{"group": {"organization"}, "name": {"Acme Ltd"}, "label": {"Production"}},
		{"group": {"flows"}, "holdChanges": {"off"}},
		{"group": {"scripts"}, "defaultTimeout": {"2.5"}, "allowedHosts": {"api.example.com\r\n10.0.0.1"}, "realCallsInTest": {"on"}},
		{"group": {"runs"}, "runsKeepFor": {"30"}, "storeInputs": {"none"}},
	} {
		if done := app.Post(t, path, form); done.Location != path {
			t.Fatalf("%v: %d to %q", form, done.Status, done.Location)
		}
	}
	got, err := app.Services.Settings.Get(app.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Label != "Production" || got.Holds() || got.DefaultTimeout != 2500*time.Millisecond || len(got.AllowedHosts) != 2 ||
		!got.RealCallsInTest || got.RunsKeepFor != 720*time.Hour || got.StoreInputs != models.StoreInputsNone {
		t.Errorf("stored %+v", got)
	}
	page := app.Get(t, path)
	for selector, want := range map[string]string{"#name": "Acme Ltd", "#label": "Production", "#defaultTimeout": "2.5", "#runsKeepFor": "30"} {
		if value, _ := page.Doc.Find(selector).Attr("value"); value != want {
			t.Errorf("%s shows %q, want %q", selector, value, want)
		}
	}
	if hint := page.Text("#allowedHosts-hint"); !strings.Contains(hint, "allowedHosts") {
		t.Errorf("the field of the API is missing: %q", hint)
	}
}

func TestSettings_RefusedFieldsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	path := link.Org(app.OrgID).Settings()
	for field, form := range map[string]url.Values{
		"name":           {"group": {"organization"}, "name": {" "}},
		"defaultTimeout": {"group": {"scripts"}, "defaultTimeout": {"soon"}},
		"allowedHosts":   {"group": {"scripts"}, "allowedHosts": {"https://example.com/"}},
		"runsKeepFor":    {"group": {"runs"}, "runsKeepFor": {"1.5"}},
	} {
		page := app.Post(t, path, form)
		if page.Status != http.StatusUnprocessableEntity || page.Text("#"+field+"-error") == "" {
			t.Errorf("%s: %d, message %q", field, page.Status, page.Text("#"+field+"-error"))
		}
	}
	if page := app.Post(t, path, url.Values{"group": {"scripts"}, "allowedHosts": {"a b/c"}}); page.Text("#allowedHosts") != "a b/c" {
		t.Errorf("typed text became %q", page.Text("#allowedHosts"))
	}
	got, _ := app.Services.Settings.Get(app.Context())
	if got.Label != "" || got.DefaultTimeout != 0 || got.AllowedHosts != nil || got.RunsKeepFor != 0 {
		t.Errorf("something was stored: %+v", got)
	}
}

func TestSettings_EmergencyStopWantsTheName(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() {}"})
	org := link.Org(app.OrgID)
	refused := app.Post(t, org.EmergencyStop(), url.Values{"confirm": {"acme"}})
	if refused.Status != http.StatusUnprocessableEntity || refused.Text("#confirm-error") == "" {
		t.Errorf("a wrong name answers %d", refused.Status)
	}
	if now, _ := app.Services.Actions.Get(app.Context(), a.ID); now.State != models.ActionActive {
		t.Fatal("a wrong name stopped the action")
	}
	if done := app.Post(t, org.EmergencyStop(), url.Values{"confirm": {"Acme"}}); done.Location != org.Settings() {
		t.Errorf("the name answers %d to %q", done.Status, done.Location)
	}
	if now, _ := app.Services.Actions.Get(app.Context(), a.ID); now.State != models.ActionInactive {
		t.Error("the action is still active")
	}
}

func TestSettings_ReadersLookOnly(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	bob := person(t, app, app.OrgID, auth.RoleOrgOwnerViewer)
	path := link.Org(app.OrgID).Settings()
	page := app.Do(t, webtest.Request{Path: path, Anonymous: true, Cookies: []*http.Cookie{bob}})
	if page.Status != 200 || page.Doc.Find("main button").Length() != 0 || page.Doc.Find("main fieldset:not([disabled])").Length() != 0 {
		t.Errorf("status %d, %d buttons", page.Status, page.Doc.Find("main button").Length())
	}
	post := app.Do(t, webtest.Request{Method: http.MethodPost, Path: path, Form: url.Values{"group": {"flows"}, "holdChanges": {"on"}}, Anonymous: true, Cookies: []*http.Cookie{bob}})
	if post.Status != http.StatusForbidden {
		t.Errorf("saving answers %d", post.Status)
	}
}
