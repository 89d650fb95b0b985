package main

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tenant is an organization with a program that has a token.
type tenant struct{ org, user, token string }

func (w *workplace) tenant(role string) tenant {
	w.t.Helper()
	var org orgAnswer
	w.json(&org, "org", "create", "--name", "Acme "+role)
	var user userAnswer
	w.json(&user, "user", "create", "--org", org.ID, "--name", "robot "+role, "--machine")
	var member memberAnswer
	w.json(&member, "member", "set", "--user", user.ID, "--org", org.ID, "--role", role)
	var token newToken
	w.json(&token, "token", "create", "--user", user.ID, "--expires", "90d")
	return tenant{org.ID, user.ID, token.Token}
}

func TestCommandsAnswerInJSON(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)

	var org orgAnswer
	w.json(&org, "org", "create", "--name", "Acme")
	if len(org.ID) != 18 || org.Name != "Acme" {
		t.Errorf("org create: %+v", org)
	}
	var orgs []orgAnswer
	w.json(&orgs, "org", "list")
	if diff := cmp.Diff([]orgAnswer{org}, orgs); diff != "" {
		t.Errorf("org list (-want +got):\n%s", diff)
	}

	var robot, person userAnswer
	w.json(&robot, "user", "create", "--org", org.ID, "--name", "robot", "--machine")
	w.json(&person, "user", "create", "--org", org.ID, "--name", "road", "--human", "--email", "road@acme.example")
	if robot.Type != "machine" || person.Type != "human" {
		t.Errorf("user create: %+v, %+v", robot, person)
	}
	var users []userAnswer
	w.json(&users, "user", "list", "--org", org.ID)
	if diff := cmp.Diff([]userAnswer{robot, person}, users); diff != "" {
		t.Errorf("user list (-want +got):\n%s", diff)
	}

	var member memberAnswer
	w.json(&member, "member", "set", "--user", robot.ID, "--org", org.ID, "--role", "ORG_OWNER", "--role", "ORG_FLOW_RUNNER")
	if diff := cmp.Diff(memberAnswer{robot.ID, org.ID, []string{"ORG_FLOW_RUNNER", "ORG_OWNER"}}, member); diff != "" {
		t.Errorf("member set (-want +got):\n%s", diff)
	}
	w.json(&member, "member", "set", "--user", robot.ID, "--instance", "--role", "IAM_OWNER_VIEWER")
	if diff := cmp.Diff(memberAnswer{robot.ID, "instance", []string{"IAM_OWNER_VIEWER"}}, member); diff != "" {
		t.Errorf("member set on the instance (-want +got):\n%s", diff)
	}
	w.json(&member, "member", "remove", "--user", robot.ID, "--instance")
	if diff := cmp.Diff(memberAnswer{robot.ID, "instance", []string{}}, member); diff != "" {
		t.Errorf("member remove (-want +got):\n%s", diff)
	}

	var token newToken
	w.json(&token, "token", "create", "--user", robot.ID, "--expires", "90d")
	if token.Token == "" || token.Expires == nil || time.Until(*token.Expires) < 89*24*time.Hour {
		t.Errorf("token create: %+v", token)
	}
	w.json(&map[string]string{}, "token", "revoke", "--id", token.ID)
	var tokens []tokenAnswer
	w.json(&tokens, "token", "list", "--user", robot.ID)
	if len(tokens) != 1 || tokens[0].ID != token.ID || tokens[0].Revoked == nil || !strings.HasSuffix(token.Token, tokens[0].Last4) {
		t.Errorf("token list: %+v", tokens)
	}

	var b build
	w.json(&b, "version")
	if b.Version == "" || b.Commit == "" || !strings.HasPrefix(b.Go, "go1.") {
		t.Errorf("version: %+v", b)
	}
}

func TestCommandsAnswerInLines(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	var org orgAnswer
	w.json(&org, "org", "create", "--name", "Acme")
	if a := w.run("org", "list"); a.out != "ID                  NAME\n"+org.ID+"  Acme\n" {
		t.Errorf("org list:\n%s", a.out)
	}
	if a := w.run("org", "--help"); a.code != exitDone || !strings.Contains(a.out, "create") {
		t.Errorf("help: %+v", a)
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.json(&orgAnswer{}, "org", "create", "--name", "Acme")
	for name, tt := range map[string]struct {
		args []string
		code int
		want string
	}{
		"missing_flag":      {[]string{"org", "create"}, exitUsage, `required flag(s) "name" not set.`},
		"missing_command":   {[]string{"token"}, exitUsage, "flowbench token needs one of its commands."},
		"both_kinds":        {[]string{"user", "create", "--org", "1", "--name", "x", "--human", "--machine"}, exitUsage, "[human machine]"},
		"person_no_email":   {[]string{"user", "create", "--org", "1", "--name", "x", "--human"}, exitUsage, "a person needs --email."},
		"bad_lifetime":      {[]string{"token", "create", "--user", "1", "--expires", "soon"}, exitUsage, `--expires: "soon" is not a duration such as 90d or 12h.`},
		"name_taken":        {[]string{"org", "create", "--name", "acme"}, exitFailed, "flowbench: "},
		"unknown_org":       {[]string{"user", "list", "--org", "1"}, exitFailed, "flowbench: "},
		"unknown_user":      {[]string{"token", "create", "--user", "1"}, exitFailed, "flowbench: This user does not exist."},
		"unknown_role":      {[]string{"member", "set", "--user", "1", "--instance", "--role", "BOSS"}, exitUsage, "BOSS"},
		"database_is_text":  {[]string{"org", "list", "--database", "sqlite:."}, exitFailed, "the database sqlite:. cannot be opened"},
		"unknown_trigger":   {[]string{"run", "a.js", "--trigger", "sometimes"}, exitUsage, "--trigger: "},
		"unknown_http_mode": {[]string{"run", "a.js", "--trigger", "pre-userinfo", "--http", "maybe"}, exitFailed, "a.js"},
		"no_script":         {[]string{"check", "missing.js", "--trigger", "pre-userinfo"}, exitFailed, "missing.js"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := w.run(tt.args...)
			if a.code != tt.code || !strings.Contains(a.err, tt.want) || a.out != "" {
				t.Errorf("got %+v, want exit code %d and %q", a, tt.code, tt.want)
			}
		})
	}
}

func TestCommandsWorkWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	s := w.serve()
	tenant := w.tenant("ORG_OWNER")
	status, body := s.call(t, tenant, http.MethodPost, "/management/v1/actions/_search", "{}")
	if status != http.StatusOK {
		t.Errorf("a token made beside the server: %d %s", status, body)
	}
	if code := s.stop(os.Interrupt); code != exitDone {
		t.Errorf("exit code %d\n%s", code, s.log)
	}
}
