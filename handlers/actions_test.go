package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/actions"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

// names returns the first column of the table of actions.
func names(page *webtest.Page) []string {
	var list []string
	page.Doc.Find(`table[aria-label="Actions"] tbody th a`).Each(func(_ int, s *goquery.Selection) { list = append(list, s.Text()) })
	return list
}

func TestActionsList_FiltersAndSorts(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	beta := app.Action(t, models.ActionInput{Name: "beta", Script: "function beta(ctx, api) {\n  const marker = 1\n}"})
	app.Action(t, models.ActionInput{Name: "alpha"})
	if _, err := app.Services.Actions.Deactivate(app.Context(), beta.ID); err != nil {
		t.Fatal(err)
	}
	app.Bind(t, models.PreUserinfo, beta.ID)
	list := link.Org(app.OrgID).Actions()
	for _, tc := range []struct {
		query string
		want  []string
	}{
		{"", []string{"alpha", "beta"}}, {"?sort=name&desc=1", []string{"beta", "alpha"}},
		{"?q=MARKER", []string{"beta"}}, {"?state=inactive", []string{"beta"}}, {"?state=active", []string{"alpha"}},
		{"?used=none", []string{"alpha"}}, {"?used=pre-userinfo", []string{"beta"}}, {"?q=nothing", nil},
	} {
		if diff := cmp.Diff(tc.want, names(app.Get(t, list+tc.query))); diff != "" {
			t.Errorf("%s: %s", tc.query, diff)
		}
	}
	page := app.Get(t, list+"?q=marker")
	if got := page.Text("tbody th"); got != "beta Line 2 const marker = 1" {
		t.Errorf("hit in a script shows %q", got)
	}
	if page := app.Get(t, list+"?q=nothing"); page.Text(".empty p") != "No action matches." {
		t.Errorf("no match says %q", page.Text(".empty p"))
	}
	row := page.Doc.Find("tbody tr").First().Text()
	for _, want := range []string{"Inactive", "Complement token, Pre userinfo creation", "20 s", "No"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row lacks %q: %s", want, row)
		}
	}
}

func TestActionsList_Empty(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Get(t, link.Org(app.OrgID).Actions())
	if !strings.HasPrefix(page.Text(".empty p"), "No actions yet.") || page.Doc.Find("form[role=search]").Length() != 0 {
		t.Errorf("the empty list says %q", page.Text(".empty p"))
	}
}

func TestActionsList_AsFragmentAnnouncesTheNumber(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	app.Action(t, models.ActionInput{Name: "alpha"})
	page := app.Do(t, webtest.Request{Path: link.Org(app.OrgID).Actions(), Fragment: true})
	if said, _ := url.PathUnescape(page.Header.Get("X-Announce")); said != "1 action" || strings.Contains(page.Body, "<html") {
		t.Errorf("announced %q, body %.80s", said, page.Body)
	}
}

func TestNewAction_StartsHarmless(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	org := link.Org(app.OrgID)
	page := app.Get(t, org.NewAction())
	if _, checked := page.Doc.Find("[name=allowedToFail]").Attr("checked"); !checked {
		t.Error("allowed to fail is not preselected")
	}
	for _, e := range actions.Examples() {
		if page.Doc.Find(`#examples a[href="`+org.Example(e.Name)+`"]`).Length() != 1 {
			t.Errorf("the gallery lacks %s", e.Name)
		}
	}
	page = app.Get(t, org.Example("addRoleAttribute"))
	if got, _ := page.Doc.Find("[name=trigger] option[selected]").Attr("value"); got != string(models.PreSAMLResponse) {
		t.Errorf("the example selects the trigger %q", got)
	}
	if got := page.Doc.Find("[name=script]").Text(); !strings.Contains(got, "function addRoleAttribute") {
		t.Errorf("the example's script is %q", got)
	}
}

func TestCreateAction(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	org := link.Org(app.OrgID)
	form := url.Values{"name": {"setTier"}, "timeout": {"1.5"}, "allowedToFail": {"on"}, "script": {"function setTier() {\r\n}\r\n"}}
	done := app.Post(t, org.Actions(), form)
	id, ok := strings.CutPrefix(done.Location, org.Actions()+"/")
	if done.Status != http.StatusSeeOther || !ok {
		t.Fatalf("status %d to %q", done.Status, done.Location)
	}
	got, err := app.Services.Actions.Get(app.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := models.ActionInput{Name: "setTier", Timeout: 1_500_000_000, AllowedToFail: true, Script: "function setTier() {\n}\n"}
	if diff := cmp.Diff(want, got.Input()); diff != "" {
		t.Error(diff)
	}
	taken := app.Post(t, org.Actions(), form)
	if taken.Status != http.StatusUnprocessableEntity || taken.Text("#name-error") == "" {
		t.Errorf("a taken name: status %d, message %q", taken.Status, taken.Text("#name-error"))
	}
}

func TestCreateAction_FaultsStandAtTheFieldsAndInputIsKept(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	page := app.Post(t, link.Org(app.OrgID).Actions(), url.Values{"name": {""}, "timeout": {"soon"}, "script": {strings.Repeat("x", 10001)}})
	if page.Status != http.StatusUnprocessableEntity || page.Text("[data-focus] h2") != "3 things to fix" {
		t.Errorf("status %d, summary %q", page.Status, page.Text("[data-focus] h2"))
	}
	for _, field := range []string{"#name-error", "#timeout-error", "#script-error"} {
		if page.Text(field) == "" {
			t.Errorf("no message at %s", field)
		}
	}
	if v, _ := page.Doc.Find("[name=timeout]").Attr("value"); v != "soon" {
		t.Errorf("the timeout became %q", v)
	}
	if len(page.Doc.Find("[name=script]").Text()) < 10001 {
		t.Error("the script was not kept")
	}
}

// edited is the form of the editor as it stands, with some fields changed.
func edited(a models.Action, pairs ...string) url.Values {
	form := url.Values{"name": {a.Name}, "script": {a.Script}, "timeout": {"10"}, "sequence": {strconv.FormatUint(a.Sequence, 10)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func TestSaveAction(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	address := link.Org(app.OrgID).Action(a.ID)
	if done := app.Post(t, address, edited(a, "name", "two")); done.Status != http.StatusSeeOther || done.Location != address {
		t.Fatalf("status %d to %q", done.Status, done.Location)
	}
	now, _ := app.Services.Actions.Get(app.Context(), a.ID)
	if now.Name != "two" || now.Sequence != a.Sequence+1 {
		t.Errorf("saved as %q with sequence %d", now.Name, now.Sequence)
	}
	part := app.Do(t, webtest.Request{Method: http.MethodPost, Path: address, Form: edited(now, "name", "three"), Fragment: true})
	if part.Status != http.StatusOK || part.Text("h1") != "three" {
		t.Errorf("as a fragment: status %d, heading %q", part.Status, part.Text("h1"))
	}
	if seq, _ := part.Doc.Find("[name=sequence]").Attr("value"); seq != strconv.FormatUint(now.Sequence+1, 10) {
		t.Errorf("the page goes on with sequence %s", seq)
	}
	same := app.Post(t, address, edited(now, "name", "three", "sequence", strconv.FormatUint(now.Sequence+1, 10)))
	if same.Status != http.StatusSeeOther {
		t.Errorf("saving without a change: status %d", same.Status)
	}
}

func TestSaveAction_SomebodyElseSavedMeanwhile(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() {}\n"})
	theirs := a.Input()
	theirs.Script = "function one() { /* theirs */ }\n"
	moved, err := app.Services.Actions.Update(app.Context(), a.ID, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	address := link.Org(app.OrgID).Action(a.ID)
	mine := edited(a, "script", "function one() { /* mine */ }\n")
	page := app.Post(t, address, mine)
	if page.Status != http.StatusConflict || !strings.Contains(page.Text(".diff"), "theirs") || !strings.Contains(page.Text(".diff"), "mine") {
		t.Fatalf("status %d, comparison %q", page.Status, page.Text(".diff"))
	}
	if !strings.Contains(page.Doc.Find("[name=script]").Text(), "mine") {
		t.Error("what was typed is gone")
	}
	keep := page.Doc.Find(`button[name=sequence]`)
	if strings.TrimSpace(keep.Text()) != "Keep mine" || keep.AttrOr("value", "") != strconv.FormatUint(moved.Sequence, 10) {
		t.Errorf("the button is %q with %q", keep.Text(), keep.AttrOr("value", ""))
	}
	mine["sequence"] = append(mine["sequence"], keep.AttrOr("value", "")) // the pressed button comes last
	if done := app.Post(t, address, mine); done.Status != http.StatusSeeOther {
		t.Errorf("keep mine: status %d", done.Status)
	}
}

func TestSaveAction_AsksBeforeALiveScriptStopsParsing(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() {}\n"})
	address := link.Org(app.OrgID).Action(a.ID)
	if done := app.Post(t, address, edited(a, "script", "function one( {\n", "sequence", "")); done.Status != http.StatusSeeOther {
		t.Fatalf("an action that is bound nowhere is asked about: status %d", done.Status)
	}
	app.Bind(t, models.PreUserinfo, a.ID)
	form := edited(a, "script", "function one() { ]\n", "sequence", "")
	page := app.Post(t, address, form)
	if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Body, "This script does not parse. Sign-ins that use it will fail. Save anyway?") {
		t.Fatalf("status %d", page.Status)
	}
	form.Set(page.Doc.Find(`section button[form]`).AttrOr("name", ""), "1")
	if done := app.Post(t, address, form); done.Status != http.StatusSeeOther {
		t.Errorf("save anyway: status %d", done.Status)
	}
}

func TestTurnActionOffAndOn(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	org := link.Org(app.OrgID)
	for _, tc := range []struct {
		address string
		want    models.ActionState
	}{{org.ActionDeactivate(a.ID), models.ActionInactive}, {org.ActionDeactivate(a.ID), models.ActionInactive}, {org.ActionReactivate(a.ID), models.ActionActive}} {
		if done := app.Post(t, tc.address, url.Values{}); done.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d", tc.address, done.Status)
		}
		if now, _ := app.Services.Actions.Get(app.Context(), a.ID); now.State != tc.want {
			t.Errorf("%s: state %v", tc.address, now.State)
		}
	}
}

func TestDeleteAction_OneThatSignInsUseMustBeNamed(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	app.Bind(t, models.PreUserinfo, a.ID)
	org := link.Org(app.OrgID)
	ask := app.Get(t, org.ActionDelete(a.ID))
	if !strings.Contains(ask.Text("main form"), "Complement token, Pre userinfo creation") {
		t.Errorf("the question says %q", ask.Text("main form"))
	}
	if page := app.Post(t, org.ActionDelete(a.ID), url.Values{"confirm": {"two"}}); page.Status != http.StatusUnprocessableEntity || page.Text(".field-error") == "" {
		t.Errorf("another name: status %d", page.Status)
	}
	if done := app.Post(t, org.ActionDelete(a.ID), url.Values{"confirm": {"one"}}); done.Location != org.ActionDeleted(a.ID) {
		t.Errorf("status %d to %q", done.Status, done.Location)
	}
	if page := app.Get(t, org.Action(a.ID)); page.Status != http.StatusNotFound {
		t.Errorf("the deleted action answers %d", page.Status)
	}
}

func TestDuplicateAction_RenamesTheFunction(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "const one = () => { say('one') }\n"})
	page := app.Get(t, link.Org(app.OrgID).ActionDuplicate(a.ID))
	if got := strings.TrimSpace(page.Doc.Find("[name=script]").Text()); got != "const oneCopy = () => { say('one') }" {
		t.Errorf("the copy's script is %q", got)
	}
}

func TestCopyAs_KeepsTheScriptWhole(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "it's", Script: "const a = `${1}` // it's\n"})
	page := app.Get(t, link.Org(app.OrgID).Action(a.ID))
	var forms []string
	page.Doc.Find("#copy-as summary").Each(func(_ int, s *goquery.Selection) { forms = append(forms, s.Text()) })
	if !slices.Equal(forms, []string{"curl", "grpcurl", "Terraform", "Go", "JSON"}) {
		t.Errorf("forms: %v", forms)
	}
	if curl := page.Doc.Find("#copy-0").Text(); !strings.Contains(curl, `it'\''s`) || !strings.Contains(curl, "/management/v1/actions/"+a.ID) {
		t.Errorf("curl: %s", curl)
	}
	if terraform := page.Doc.Find("#copy-2").Text(); !strings.Contains(terraform, "$${1}") {
		t.Errorf("Terraform: %s", terraform)
	}
}

func TestDeleteAction_CanBeTakenBack(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one"})
	org := link.Org(app.OrgID)
	done := app.Post(t, org.ActionDelete(a.ID), url.Values{})
	undo := app.Get(t, done.Location).Doc.Find("form.undo").AttrOr("action", "")
	if back := app.Post(t, undo, url.Values{}); back.Location != org.Action(a.ID) {
		t.Fatalf("undo: status %d to %q", back.Status, back.Location)
	}
	if now, err := app.Services.Actions.Get(app.Context(), a.ID); err != nil || now.Name != "one" {
		t.Errorf("the action is %q, %v", now.Name, err)
	}
}

func TestActionsList_ShowsTheLastRun(t *testing.T) {
	t.Parallel()
	app := webtest.Start(t)
	a := app.Action(t, models.ActionInput{Name: "one", Script: "function one() { throw new Error('no') }", AllowedToFail: true})
	list := link.Org(app.OrgID).Actions()
	cell := `td[data-label="Last run"]`
	if got := app.Get(t, list).Text(cell); got != "Never" {
		t.Errorf("before the first run it says %q", got)
	}
	result, err := app.Services.Runs.RunAction(app.Context(), services.RunActionRequest{ActionID: a.ID, Trigger: models.PreUserinfo})
	if err != nil {
		t.Fatal(err)
	}
	page := app.Get(t, list)
	if got := page.Text(cell); !strings.HasPrefix(got, "Failed, ignored") || page.Text(cell+" time") != "just now" || page.Doc.Find(cell+" a").AttrOr("href", "") != link.Org(app.OrgID).Run(result.ID) {
		t.Errorf("the last run is %q", got)
	}
}
