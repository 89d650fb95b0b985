package models

// FlowType is ZITADEL's number of a flow; zero is unspecified.
type FlowType int

// TriggerType is ZITADEL's number of a trigger; zero is unspecified.
type TriggerType int

// The flows and triggers of ZITADEL's Management API v1.
const (
	FlowUnspecified FlowType = iota
	FlowExternalAuthentication
	FlowComplementToken
	FlowInternalAuthentication
	FlowComplementSAMLResponse
)

// The trigger types; which flow offers which is in the Triggers table.
const (
	TriggerUnspecified TriggerType = iota
	TriggerPostAuthentication
	TriggerPreCreation
	TriggerPostCreation
	TriggerPreUserinfoCreation
	TriggerPreAccessTokenCreation
	TriggerPreSAMLResponseCreation
)

// Slug names one flow and trigger pair wherever Flowbench itself names it:
// command line, addresses, JSON of its own API, exports.
type Slug string

// The nine triggers that a script can be bound to.
const (
	ExternalPostAuthentication Slug = "external-post-authentication"
	ExternalPreCreation        Slug = "external-pre-creation"
	ExternalPostCreation       Slug = "external-post-creation"
	InternalPostAuthentication Slug = "internal-post-authentication"
	InternalPreCreation        Slug = "internal-pre-creation"
	InternalPostCreation       Slug = "internal-post-creation"
	PreUserinfo                Slug = "pre-userinfo"
	PreAccessToken             Slug = "pre-access-token"
	PreSAMLResponse            Slug = "pre-saml-response"
)

// Trigger is one row of the table of flow and trigger pairs.
type Trigger struct {
	Slug    Slug
	Flow    FlowType
	Trigger TriggerType
}

// triggers is in the order of a user's way, which is the order of the board.
var triggers = [...]Trigger{
	{ExternalPostAuthentication, FlowExternalAuthentication, TriggerPostAuthentication},
	{ExternalPreCreation, FlowExternalAuthentication, TriggerPreCreation},
	{ExternalPostCreation, FlowExternalAuthentication, TriggerPostCreation},
	{InternalPostAuthentication, FlowInternalAuthentication, TriggerPostAuthentication},
	{InternalPreCreation, FlowInternalAuthentication, TriggerPreCreation},
	{InternalPostCreation, FlowInternalAuthentication, TriggerPostCreation},
	{PreUserinfo, FlowComplementToken, TriggerPreUserinfoCreation},
	{PreAccessToken, FlowComplementToken, TriggerPreAccessTokenCreation},
	{PreSAMLResponse, FlowComplementSAMLResponse, TriggerPreSAMLResponseCreation},
}

// Triggers returns the nine pairs in the order of a user's way.
func Triggers() []Trigger { return append([]Trigger(nil), triggers[:]...) }

// TriggersOf returns the pairs of one flow in the order of the wire contract.
func TriggersOf(flow FlowType) []Trigger {
	var list []Trigger
	for _, t := range triggers {
		if t.Flow == flow {
			list = append(list, t)
		}
	}
	return list
}

// TriggerBySlug finds a pair by its slug.
func TriggerBySlug(slug Slug) (Trigger, bool) {
	for _, t := range triggers {
		if t.Slug == slug {
			return t, true
		}
	}
	return Trigger{}, false
}

// TriggerOf finds a pair by its numbers.
func TriggerOf(flow FlowType, trigger TriggerType) (Trigger, bool) {
	for _, t := range triggers {
		if t.Flow == flow && t.Trigger == trigger {
			return t, true
		}
	}
	return Trigger{}, false
}

// FlowTypes returns the four flows in the order of their numbers.
func FlowTypes() []FlowType {
	return []FlowType{FlowExternalAuthentication, FlowComplementToken, FlowInternalAuthentication, FlowComplementSAMLResponse}
}

// BoardFlows returns the four flows in the order of a user's way.
func BoardFlows() []FlowType {
	return []FlowType{FlowExternalAuthentication, FlowInternalAuthentication, FlowComplementToken, FlowComplementSAMLResponse}
}

// ParseFlowType reads a flow id of a request by exact text. The long name is
// the one of ZITADEL's first releases and stays accepted (management-api, 9).
func ParseFlowType(id string) (FlowType, bool) {
	switch id {
	case "1", "FLOW_TYPE_EXTERNAL_AUTHENTICATION":
		return FlowExternalAuthentication, true
	case "2":
		return FlowComplementToken, true
	case "3":
		return FlowInternalAuthentication, true
	case "4":
		return FlowComplementSAMLResponse, true
	}
	return FlowUnspecified, false
}

// ParseTriggerType reads a trigger id of a request by exact text.
func ParseTriggerType(id string) (TriggerType, bool) {
	switch id {
	case "1", "TRIGGER_TYPE_POST_AUTHENTICATION":
		return TriggerPostAuthentication, true
	case "2", "TRIGGER_TYPE_PRE_CREATION":
		return TriggerPreCreation, true
	case "3", "TRIGGER_TYPE_POST_CREATION":
		return TriggerPostCreation, true
	case "4":
		return TriggerPreUserinfoCreation, true
	case "5":
		return TriggerPreAccessTokenCreation, true
	case "6":
		return TriggerPreSAMLResponseCreation, true
	}
	return TriggerUnspecified, false
}
