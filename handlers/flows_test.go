package handlers_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"flowbench/models"
	"flowbench/services"
	"flowbench/views/link"
	"flowbench/web/webtest"
)

// boardApp is a server with the actions first, second (inactive) and third.
type boardApp struct {
	*webtest.App
	ids map[string]string
}

func startBoard(t *testing.T) boardApp {
	t.Helper()
	app := boardApp{webtest.Start(t), map[string]string{}}
	for _, name := range []string{"first", "second", "third"} {
		app.ids[name] = app.Action(t, models.ActionInput{Name: name, AllowedToFail: name == "third"}).ID
	}
	if _, err := app.Services.Actions.Deactivate(app.Context(), app.ids["second"]); err != nil {
		t.Fatal(err)
	}
	return app
}

func (a boardApp) flows() string { return link.Org(a.OrgID).Flows() }

// lane returns the names in a trigger, and its sequence.
func (a boardApp) lane(t *testing.T, slug models.Slug) ([]string, uint64) {
	t.Helper()
	all, err := a.Services.Flows.All(a.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, flow := range all {
		for _, lane := range flow.Lanes {
			if lane.Trigger.Slug != slug {
				continue
			}
			for _, action := range lane.Actions {
				names = append(names, action.Name)
			}
			return names, lane.Sequence
		}
	}
	t.Fatalf("no lane %s", slug)
	return nil, 0
}

func (a boardApp) wantLane(t *testing.T, slug models.Slug, want ...string) {
	t.Helper()
	got, _ := a.lane(t, slug)
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", slug, diff)
	}
}

// post sends a form and expects to be sent back to a lane.
func (a boardApp) post(t *testing.T, slug models.Slug, form url.Values) {
	t.Helper()
	answer := a.Post(t, a.flows(), form)
	if want := link.Org(a.OrgID).Lane(slug); answer.Status != http.StatusSeeOther || answer.Location != want {
		t.Errorf("%v: status %d to %q, want 303 to %q", form, answer.Status, answer.Location, want)
	}
}

// save sends lanes the way the script does.
func (a boardApp) save(t *testing.T, body string) (int, laneAnswer) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, a.URL+a.flows(), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}, "X-Fragment": {"1"}}
	request.AddCookie(a.SessionCookie())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer laneAnswer
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatalf("%d %s: %v", response.StatusCode, data, err)
	}
	return response.StatusCode, answer
}

type laneAnswer struct {
	Message string
	Lanes   []struct {
		Lane     models.Slug
		Actions  []string
		Sequence uint64
		By       string
	}
}

func TestBoardShowsLanesInOrder(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	app.Bind(t, models.PreUserinfo, app.ids["third"], app.ids["second"], app.ids["first"])
	page := app.Get(t, app.flows())
	if got := page.Text("h1"); page.Status != http.StatusOK || got != "Flows" {
		t.Fatalf("status %d, heading %q", page.Status, got)
	}
	if n := page.Doc.Find("[data-lane]").Length(); n != 9 {
		t.Errorf("%d lanes, want 9", n)
	}
	lane := page.Doc.Find("#pre-userinfo")
	var got []string
	lane.Find("li").Each(func(_ int, card *goquery.Selection) {
		skipped := ""
		if _, hidden := card.Find("[data-skipped]").Attr("hidden"); !hidden {
			skipped = " " + strings.TrimSpace(card.Find("[data-skipped]").Text())
		}
		got = append(got, card.Find("[data-number]").Text()+" "+card.Find("a").Text()+skipped)
	})
	if diff := cmp.Diff([]string{"1 third", "– second Inactive, skipped", "2 first"}, got); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
	if name := labelledBy(page.Doc, lane); name != "Complement token Pre userinfo creation" {
		t.Errorf("the lane is named %q", name)
	}
	if label, _ := lane.Find("[data-handle]").First().Attr("aria-label"); label != "Reorder third" {
		t.Errorf("the handle is named %q", label)
	}
	if !strings.Contains(lane.Find("li").First().Text(), "may fail") {
		t.Error("the chip of an action that may fail is missing")
	}
	if used := page.Text("[data-palette] li [data-usage]"); used != "used in 1" {
		t.Errorf("the palette says %q of first", used)
	}
}

// labelledBy puts together the name of a region.
func labelledBy(doc *goquery.Document, s *goquery.Selection) string {
	ids, _ := s.Attr("aria-labelledby")
	var words []string
	for _, id := range strings.Fields(ids) {
		words = append(words, doc.Find("#"+id).Text())
	}
	return strings.Join(words, " ")
}

func TestBoardMarksScriptsThatDoNotParse(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	broken := app.Action(t, models.ActionInput{Name: "broken", Script: "function broken(ctx, api) {"})
	app.Bind(t, models.PreUserinfo, app.ids["first"], broken.ID)
	page := app.Get(t, app.flows())
	var marked []string
	page.Doc.Find("[data-action]").Each(func(_ int, card *goquery.Selection) {
		if strings.Contains(card.Text(), "Does not parse") {
			marked = append(marked, card.AttrOr("data-name", ""))
		}
	})
	if diff := cmp.Diff([]string{"broken", "broken"}, marked); diff != "" {
		t.Errorf("marked (-want +got):\n%s", diff)
	}
	repaired := models.ActionInput{Name: "broken", Script: "function broken(ctx, api) {}"}
	if _, err := app.Services.Actions.Update(app.Context(), broken.ID, repaired, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(app.Get(t, app.flows()).Body, "Does not parse") {
		t.Error("the repaired script is still marked")
	}
}

func TestBoardShowsResultsOfTheLastDay(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	fails := app.Action(t, models.ActionInput{Name: "fails", AllowedToFail: true, Script: "function fails() { throw new Error('no') }"})
	app.Bind(t, models.PreUserinfo, fails.ID)
	if _, err := app.Services.Runs.RunTrigger(app.Context(), services.RunTriggerRequest{Trigger: models.PreUserinfo}); err != nil {
		t.Fatal(err)
	}
	if got := app.Get(t, app.flows()).Text("#pre-userinfo [data-result]"); got != "1 of 1 failed" {
		t.Errorf("the card says %q", got)
	}
}

func TestBoardFilterHidesOtherFlows(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	page := app.Get(t, app.flows()+"?flow=complement-token")
	var shown []string
	page.Doc.Find("[data-flow]").Not("[hidden]").Each(func(_ int, s *goquery.Selection) { shown = append(shown, s.Find("h2").Text()) })
	if diff := cmp.Diff([]string{"Complement token"}, shown); diff != "" {
		t.Errorf("flows (-want +got):\n%s", diff)
	}
}

func TestPaletteSearchAnswersThePaletteAlone(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	page := app.Do(t, webtest.Request{Path: app.flows() + "?q=IR", Fragment: true})
	if n := page.Doc.Find("h1").Length(); n != 0 {
		t.Error("a whole page came")
	}
	var got []string
	page.Doc.Find("[data-palette] [data-action]").Each(func(_ int, s *goquery.Selection) { got = append(got, s.AttrOr("data-name", "")) })
	if diff := cmp.Diff([]string{"first", "third"}, got); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
}

func TestPlainFormsDoWhatTheMenuDoes(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	app.Bind(t, models.PreUserinfo, app.ids["first"], app.ids["second"], app.ids["third"])
	steps := []struct {
		do, action string
		target     models.Slug
		want       []string // pre-userinfo afterwards
	}{
		{"down", "first", models.PreUserinfo, []string{"second", "first", "third"}},
		{"up", "third", models.PreUserinfo, []string{"second", "third", "first"}},
		{"top", "first", models.PreUserinfo, []string{"first", "second", "third"}},
		{"bottom", "first", models.PreUserinfo, []string{"second", "third", "first"}},
		{"up", "second", models.PreUserinfo, []string{"second", "third", "first"}},
		{"move:pre-access-token", "third", models.PreAccessToken, []string{"second", "first"}},
		{"add:pre-saml-response", "first", models.PreSAMLResponse, []string{"second", "first"}},
		{"remove", "first", models.PreUserinfo, []string{"second"}},
		{"activate", "second", models.PreUserinfo, []string{"second"}},
	}
	for _, s := range steps {
		app.post(t, s.target, url.Values{"do": {s.do}, "action": {app.ids[s.action]}, "lane": {"pre-userinfo"}})
		app.wantLane(t, models.PreUserinfo, s.want...)
	}
	app.wantLane(t, models.PreAccessToken, "third")
	app.wantLane(t, models.PreSAMLResponse, "first")
	app.post(t, models.PreUserinfo, url.Values{"do": {"add:pre-userinfo"}, "name": {" FIRST "}})
	app.wantLane(t, models.PreUserinfo, "second", "first")
}

func TestPlainFormSaysWhatItDid(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	answer := app.Post(t, app.flows(), url.Values{"do": {"add:pre-userinfo"}, "action": {app.ids["first"]}})
	page := app.Do(t, webtest.Request{Path: app.flows(), Cookies: []*http.Cookie{answer.Cookie("flowbench_flash")}})
	want := "first is now position 1 of 1 in Complement token, Pre userinfo creation. Saved."
	if got := page.Text("[data-flash]"); got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

func TestPlainFormRefuses(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	app.Bind(t, models.PreUserinfo, app.ids["first"])
	app.Bind(t, models.PreAccessToken, app.ids["first"])
	_, sequence := app.lane(t, models.PreUserinfo)
	if sequence == 0 {
		t.Fatal("the lane has no sequence")
	}
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"a second time":   {url.Values{"do": {"add:pre-userinfo"}, "action": {app.ids["first"]}}, http.StatusConflict, "first is already in Complement token, Pre userinfo creation."},
		"unknown trigger": {url.Values{"do": {"add:nowhere"}, "action": {app.ids["first"]}}, http.StatusUnprocessableEntity, "This trigger does not exist."},
		"unknown name":    {url.Values{"do": {"add:pre-userinfo"}, "name": {"nobody"}}, http.StatusNotFound, "This action does not exist, or you cannot see it."},
		"stale page": {url.Values{"do": {"remove"}, "action": {app.ids["first"]}, "lane": {"pre-userinfo"}, "expect": {"1"}},
			http.StatusConflict, "Somebody else"},
	} {
		answer := app.Post(t, app.flows(), c.form)
		if answer.Status != c.status || !strings.Contains(answer.Body, c.says) {
			t.Errorf("%s: status %d, want %d with %q in\n%s", name, answer.Status, c.status, c.says, answer.Text("main"))
		}
	}
	app.wantLane(t, models.PreUserinfo, "first")
}

func TestSaveMovesBetweenLanesAtOnce(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	app.Bind(t, models.PreUserinfo, app.ids["first"], app.ids["third"])
	_, sequence := app.lane(t, models.PreUserinfo)
	body, err := json.Marshal(map[string]any{"lanes": []map[string]any{
		{"lane": "pre-userinfo", "actions": []string{app.ids["third"]}, "expect": sequence},
		{"lane": "pre-access-token", "actions": []string{app.ids["first"]}, "expect": 0},
	}})
	if err != nil {
		t.Fatal(err)
	}
	status, answer := app.save(t, string(body))
	if status != http.StatusOK || len(answer.Lanes) != 2 {
		t.Fatalf("%d %+v", status, answer)
	}
	for _, lane := range answer.Lanes {
		_, want := app.lane(t, lane.Lane)
		if lane.Sequence != want || lane.By != webtest.Name {
			t.Errorf("%+v, want sequence %d by %s", lane, want, webtest.Name)
		}
	}
	app.wantLane(t, models.PreUserinfo, "third")
	app.wantLane(t, models.PreAccessToken, "first")

	status, answer = app.save(t, string(body)) // the sequences are old now
	if status != http.StatusConflict || len(answer.Lanes) != 2 || answer.Message == "" {
		t.Errorf("the second time: %d %+v", status, answer)
	}
}

func TestSaveRefusesAllLanesOrNone(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	app.Bind(t, models.PreUserinfo, app.ids["first"])
	for name, body := range map[string]string{
		"unknown action": `{"lanes":[{"lane":"pre-userinfo","actions":[]},{"lane":"pre-access-token","actions":["1"]}]}`,
		"unknown lane":   `{"lanes":[{"lane":"pre-userinfo","actions":[]},{"lane":"nowhere","actions":[]}]}`,
	} {
		if status, answer := app.save(t, body); status < 400 || answer.Message == "" {
			t.Errorf("%s: %d %+v", name, status, answer)
		}
		app.wantLane(t, models.PreUserinfo, "first")
	}
}

func TestBoardNeedsASession(t *testing.T) {
	t.Parallel()
	app := startBoard(t)
	page := app.Do(t, webtest.Request{Path: app.flows(), Anonymous: true})
	if page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location, "/sign-in") {
		t.Errorf("status %d to %q", page.Status, page.Location)
	}
}
