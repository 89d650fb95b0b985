package link

import (
	"net/url"
	"strconv"
	"strings"

	"flowbench/models"
)

// Home redirects to the organization that was used last.
func Home() string { return "/" }

// SignIn is the sign-in page. After it the browser goes on to next, if given.
func SignIn(next string) string {
	if next == "" || next == Home() {
		return "/sign-in"
	}
	return "/sign-in?" + url.Values{"next": {next}}.Encode()
}

// SignOut ends the session; it takes POST only.
func SignOut() string { return "/sign-out" }

// SetUp is the page on which the first administrator is created.
func SetUp(code string) string {
	if code == "" {
		return "/setup"
	}
	return "/setup?" + url.Values{"code": {code}}.Encode()
}

// Account is the page of one's own settings.
func Account() string { return "/account" }

// EndSession ends one of one's own sessions; it takes POST with the id.
func EndSession() string { return "/account/end-session" }

// Consent is the page on which a program asks to act for a person; it takes
// the answer by POST.
func Consent(request string) string {
	if request == "" {
		return "/consent"
	}
	return "/consent?" + url.Values{"request": {request}}.Encode()
}

// Help is a document of the help, or with an empty slug its first page.
func Help(slug string) string {
	if slug == "" {
		return "/help"
	}
	return "/help/" + url.PathEscape(slug)
}

// HelpAPI is the reference of the API.
func HelpAPI() string { return Help("api") }

// Org builds the addresses of one organization.
type Org string

func (o Org) to(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(append([]string{"/o/" + url.PathEscape(string(o))}, parts...), "/")
}

// Overview is the first page of the organization.
func (o Org) Overview() string { return o.to() }

// Settings is the page of the organization's settings; posting one group to it
// saves that group.
func (o Org) Settings() string { return o.to("settings") }

// EmergencyStop takes POST and deactivates all actions.
func (o Org) EmergencyStop() string { return o.to("settings", "stop") }

// Actions is the list of actions.
func (o Org) Actions() string { return o.to("actions") }

// NewAction is the form for a new action; posting to Actions creates it.
func (o Org) NewAction() string { return o.to("actions", "new") }

// Action is the editor of one action; posting to it saves.
func (o Org) Action(id string) string { return o.to("actions", id) }

// ActionDeactivate takes POST.
func (o Org) ActionDeactivate(id string) string { return o.to("actions", id, "deactivate") }

// ActionReactivate takes POST.
func (o Org) ActionReactivate(id string) string { return o.to("actions", id, "reactivate") }

// ActionDelete takes POST.
func (o Org) ActionDelete(id string) string { return o.to("actions", id, "delete") }

// ActionUndelete takes POST and brings a deleted action back.
func (o Org) ActionUndelete(id string) string { return o.to("actions", id, "undelete") }

// ActionDeleted is the list after an action was deleted, with the way back.
func (o Org) ActionDeleted(id string) string { return Query(o.Actions(), "deleted", id) }

// ActionDuplicate opens the form for a new action filled from another one.
func (o Org) ActionDuplicate(id string) string {
	return o.NewAction() + "?" + url.Values{"from": {id}}.Encode()
}

// Versions is the list of an action's versions.
func (o Org) Versions(id string) string { return o.to("actions", id, "versions") }

// Version is one version of an action.
func (o Org) Version(id string, n int) string {
	return o.to("actions", id, "versions", strconv.Itoa(n))
}

// TestRun takes POST with the fields of the editor and of the test panel.
func (o Org) TestRun() string { return o.to("runs", "test") }

// VersionRestore takes POST.
func (o Org) VersionRestore(id string, n int) string {
	return o.to("actions", id, "versions", strconv.Itoa(n), "restore")
}

// Check takes POST with name, script and trigger, and answers with the problems
// of the script as JSON.
func (o Org) Check() string { return o.to("scripts", "check") }

// Completions answers with what scripts can use at the trigger that the query
// names, as JSON.
func (o Org) Completions() string { return o.to("completions") }

// Samples answers with the context that the query key names, as JSON; posting to
// it saves another one.
func (o Org) Samples() string { return o.to("samples") }

// Flows is the board. Posting to it changes lanes.
func (o Org) Flows() string { return o.to("flows") }

// FlowNews is the stream of changes that an open board listens to.
func (o Org) FlowNews() string { return o.to("flows", "events") }

// Lane is the place of one trigger on the board.
func (o Org) Lane(slug models.Slug) string { return o.Flows() + "#" + string(slug) }

// Runs is the list of runs.
func (o Org) Runs() string { return o.to("runs") }

// Run is one run.
func (o Org) Run(id string) string { return o.to("runs", id) }

// RunsOf is the list of runs of one action.
func (o Org) RunsOf(action string) string { return Query(o.Runs(), "action", action) }

// Replay opens the editor with the input of a run.
func (o Org) Replay(action, run string) string { return Query(o.Action(action), "run", run) }

// Example opens the form for a new action filled from the gallery.
func (o Org) Example(name string) string { return Query(o.NewAction(), "example", name) }

// Query appends query values to an address, leaving out empty ones.
func Query(address string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return address
	}
	return address + "?" + values.Encode()
}
