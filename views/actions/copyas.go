package actions

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"flowbench/models"
)

// copyAsID is the dialog with the forms of an action for other tools.
const copyAsID = "copy-as"

// Form of an action for other tools.
type copyForm struct{ name, code string }

// copyForms writes the action for the tools that people automate with. $TOKEN
// stands for a personal access token.
func copyForms(a models.Action, org, base string) []copyForm {
	body := actionJSON(a)
	return []copyForm{
		{"curl", fmt.Sprintf("curl -X PUT %s/management/v1/actions/%s \\\n  -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'x-zitadel-orgid: %s' \\\n  -H 'Content-Type: application/json' \\\n  -d %s\n",
			base, a.ID, org, quoteShell(body))},
		{"grpcurl", fmt.Sprintf("grpcurl -H \"Authorization: Bearer $TOKEN\" -H 'x-zitadel-orgid: %s' \\\n  -d %s \\\n  %s zitadel.management.v1.ManagementService/UpdateAction\n",
			org, quoteShell(withID(a)), hostOf(base))},
		{"Terraform", terraform(a, org)},
		{"Go", golang(a)},
		{"JSON", body + "\n"},
	}
}

// wireAction is the message of the management API, in its JSON form.
type wireAction struct {
	ID            string `json:"id,omitempty"`
	Name          string `json:"name"`
	Script        string `json:"script"`
	Timeout       string `json:"timeout"`
	AllowedToFail bool   `json:"allowedToFail"`
}

func actionJSON(a models.Action) string { return marshal(wire(a)) }

func withID(a models.Action) string {
	w := wire(a)
	w.ID = a.ID
	return marshal(w)
}

func wire(a models.Action) wireAction {
	return wireAction{Name: a.Name, Script: a.Script, Timeout: models.Seconds(a.Timeout).String(), AllowedToFail: a.AllowedToFail}
}

func marshal(w wireAction) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(w) != nil {
		return "{}"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// quoteShell puts a text into single quotes for a POSIX shell.
func quoteShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func hostOf(base string) string {
	if host, ok := strings.CutPrefix(base, "http://"); ok {
		return "-plaintext " + host
	}
	host := strings.TrimPrefix(base, "https://")
	if !strings.Contains(host, ":") {
		host += ":443"
	}
	return host
}

func terraform(a models.Action, org string) string {
	script := strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strings.TrimSuffix(a.Script, "\n"))
	return fmt.Sprintf("resource \"zitadel_action\" %q {\n  org_id          = %q\n  name            = %q\n  script          = <<-EOT\n%s\n  EOT\n  timeout         = %q\n  allowed_to_fail = %t\n}\n",
		identifier(a.Name), org, a.Name, script, a.EffectiveTimeout().String(), a.AllowedToFail)
}

// identifier makes a name that Terraform accepts.
func identifier(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') {
			return r
		}
		return '_'
	}, name)
	if clean == "" || (clean[0] >= '0' && clean[0] <= '9') || clean[0] == '-' {
		return "_" + clean
	}
	return clean
}

func golang(a models.Action) string {
	return fmt.Sprintf("_, err := client.ManagementService().UpdateAction(ctx, &management.UpdateActionRequest{\n\tId:            %q,\n\tName:          %q,\n\tScript:        %s,\n\tTimeout:       durationpb.New(%d * time.Millisecond),\n\tAllowedToFail: %t,\n})\n",
		a.ID, a.Name, quoteGo(a.Script), a.Timeout.Milliseconds(), a.AllowedToFail)
}

func quoteGo(s string) string {
	if strings.ContainsAny(s, "`\r") {
		return strconv.Quote(s)
	}
	return "`" + s + "`"
}
