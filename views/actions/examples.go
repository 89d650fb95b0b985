package actions

import (
	"embed"

	"flowbench/models"
)

// Example is a script of the gallery. Its title and what it does are texts of
// the catalogue under "actions.example.<Name>".
type Example struct {
	Name    string // of the function, and of the action made from it
	Trigger models.Slug
	Script  string
	Stub    string // JSON list of answers that its HTTP calls need, or ""
}

//go:embed examples/*.js
var exampleFiles embed.FS

var examples = loadExamples([]Example{
	{Name: "addRolesClaim", Trigger: models.PreUserinfo},
	{Name: "fetchDepartment", Trigger: models.PreUserinfo,
		Stub: `[{"method":"GET","url":"https://directory.example.com/*","status":200,"body":"{\"department\":\"engineering\"}"}]`},
	{Name: "addTierClaim", Trigger: models.PreAccessToken},
	{Name: "mapProfile", Trigger: models.ExternalPostAuthentication},
	{Name: "rememberGroups", Trigger: models.ExternalPostAuthentication},
	{Name: "trustCompanyEmail", Trigger: models.ExternalPreCreation},
	{Name: "tagNewUser", Trigger: models.ExternalPreCreation},
	{Name: "grantDefaultRole", Trigger: models.ExternalPostCreation},
	{Name: "recordFactor", Trigger: models.InternalPostAuthentication},
	{Name: "denyForeignDomain", Trigger: models.InternalPreCreation},
	{Name: "grantByDomain", Trigger: models.InternalPostCreation},
	{Name: "addRoleAttribute", Trigger: models.PreSAMLResponse},
})

// Examples returns the gallery in its order.
func Examples() []Example { return append([]Example(nil), examples...) }

// ExampleByName finds an example of the gallery.
func ExampleByName(name string) (Example, bool) {
	for _, e := range examples {
		if e.Name == name {
			return e, true
		}
	}
	return Example{}, false
}

// examplesOf returns the examples for one trigger.
func examplesOf(slug models.Slug) []Example {
	var list []Example
	for _, e := range examples {
		if e.Trigger == slug {
			list = append(list, e)
		}
	}
	return list
}

func loadExamples(list []Example) []Example {
	for i := range list {
		script, err := exampleFiles.ReadFile("examples/" + list[i].Name + ".js")
		if err != nil {
			panic(err)
		}
		list[i].Script = string(script)
	}
	return list
}
