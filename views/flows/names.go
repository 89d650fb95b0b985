package flows

import (
	"strconv"

	"flowbench/models"
	"flowbench/views/text"
)

// FlowName returns the fixed name of a flow in the language of t.
func FlowName(t text.T, flow models.FlowType) string {
	return t.S("trigger.flow." + strconv.Itoa(int(flow)))
}

// TriggerName returns the fixed name of a trigger, without its flow.
func TriggerName(t text.T, slug models.Slug) string { return t.S("trigger.name." + string(slug)) }

// LaneName returns flow and trigger as sentences name them, for example
// "Complement token, Pre userinfo creation".
func LaneName(t text.T, trigger models.Trigger) string {
	return t.S("trigger.full", "flow", FlowName(t, trigger.Flow), "trigger", TriggerName(t, trigger.Slug))
}

// flowSlugs name the flows in the address of the board.
var flowSlugs = map[models.FlowType]string{
	models.FlowExternalAuthentication: "external-authentication",
	models.FlowInternalAuthentication: "internal-authentication",
	models.FlowComplementToken:        "complement-token",
	models.FlowComplementSAMLResponse: "complement-saml-response",
}

// FlowBySlug finds a flow by its name in the address.
func FlowBySlug(slug string) (models.FlowType, bool) {
	for flow, s := range flowSlugs {
		if s == slug {
			return flow, true
		}
	}
	return models.FlowUnspecified, false
}

// login names the login versions that fire a trigger: the flows of signing in
// and registering belong to version 1.
func login(trigger models.Trigger) string {
	switch trigger.Flow {
	case models.FlowExternalAuthentication, models.FlowInternalAuthentication:
		return "1"
	default:
		return "any"
	}
}
