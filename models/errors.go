package models

import (
	"errors"
	"fmt"
)

// Kind classifies an Error the way every door (page, JSON, gRPC, command line)
// needs it.
type Kind int

// The kinds of errors. Anything that is not an *Error is KindInternal.
const (
	KindInternal Kind = iota
	KindNotFound
	KindAlreadyExists
	KindInvalid
	KindPrecondition
	KindUnauthenticated
	KindPermissionDenied
	KindExhausted
	KindUnavailable
)

var kindNames = [...]string{"internal", "not_found", "already_exists", "invalid", "precondition",
	"unauthenticated", "permission_denied", "exhausted", "unavailable"}

// String returns the kind in snake case, as it is used in log lines.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return kindNames[0]
	}
	return kindNames[k]
}

// Rule names the rule that was broken, independent of the method that noticed
// it. The API maps (method, rule) to ZITADEL's error id and text.
type Rule string

// Error is a failure that a caller caused or can act on.
type Error struct {
	Kind    Kind
	Rule    Rule
	Message string         // one sentence for people, in English
	Field   string         // the input field at fault, in the API's lowerCamelCase, or ""
	Args    map[string]any // values for translated texts, for example the limit
	Cause   error
}

// Error returns the sentence for people, followed by the cause if there is one.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Message, e.Cause)
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is match on kind and rule; an empty rule in target matches any.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && (t.Rule == "" || t.Rule == e.Rule)
}

// KindOf returns the kind of the first *Error in err's chain, or KindInternal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// RuleOf returns the rule of the first *Error in err's chain, or "".
func RuleOf(err error) Rule {
	var e *Error
	if errors.As(err, &e) {
		return e.Rule
	}
	return ""
}

// The rules of actions and flows, named after what was broken.
const (
	RuleActionNotFound    Rule = "action_not_found"
	RuleActionNameTaken   Rule = "action_name_taken"
	RuleActionNoChanges   Rule = "action_no_changes"
	RuleActionNotActive   Rule = "action_not_active"
	RuleActionNotInactive Rule = "action_not_inactive"
	RuleActionIDMissing   Rule = "action_id_missing"
	RuleActionIDLength    Rule = "action_id_length"
	RuleNameLength        Rule = "name_length"
	RuleScriptEmpty       Rule = "script_empty"
	RuleScriptTooLong     Rule = "script_too_long"
	RuleTimeoutRange      Rule = "timeout_range"
	RuleListLimit         Rule = "list_limit"
	RuleFlowUnknown       Rule = "flow_unknown"
	RuleTriggerInvalid    Rule = "trigger_invalid"
	RuleFlowNoChanges     Rule = "flow_no_changes"
	RuleFlowEmpty         Rule = "flow_empty"
	RuleActionIDsUnknown  Rule = "action_ids_unknown"
	RuleSequenceConflict  Rule = "sequence_conflict"
	RuleVersionNotFound   Rule = "version_not_found"
	RuleRunNotFound       Rule = "run_not_found"
	RuleCaseNotFound      Rule = "case_not_found"
	RuleCaseInvalid       Rule = "case_invalid"
	RuleCaseNameTaken     Rule = "case_name_taken"
	RuleSampleNotFound    Rule = "sample_not_found"
	RuleSampleInvalid     Rule = "sample_invalid"
	RuleSampleNameTaken   Rule = "sample_name_taken"
	RuleSettingsInvalid   Rule = "settings_invalid"
	RuleEventNotFound     Rule = "event_not_found"
	RuleEventIrreversible Rule = "event_irreversible"
	RuleRealCallsOff      Rule = "real_calls_off"
	RuleContextInvalid    Rule = "context_invalid"
	RuleTriggerUnknown    Rule = "trigger_unknown"
	RuleIdempotencyKey    Rule = "idempotency_key"
	RuleBusy              Rule = "busy"
	RuleOrgNotFound       Rule = "org_not_found"
	RuleOrgNameTaken      Rule = "org_name_taken"
	RuleUserNotFound      Rule = "user_not_found"
	RuleUserNameTaken     Rule = "user_name_taken"
	RuleUserInvalid       Rule = "user_invalid"
	RulePasswordWeak      Rule = "password_weak"
	RuleRoleUnknown       Rule = "role_unknown"
	RuleLastOwner         Rule = "last_owner"
	RuleTokenNotFound     Rule = "token_not_found"
	RuleTokenInvalid      Rule = "token_invalid"
	RuleKeyNotFound       Rule = "key_not_found"
	RuleKeyInvalid        Rule = "key_invalid"
	RuleClientNotFound    Rule = "client_not_found"
	RuleClientInvalid     Rule = "client_invalid"
	RuleSecretKey         Rule = "secret_key"
	RuleCredentials       Rule = "credentials"
	RuleSetupCode         Rule = "setup_code"
	RuleSetupDone         Rule = "setup_done"
	RuleNoMembership      Rule = "no_membership"
	RulePermission        Rule = "permission"
	RuleRateLimited       Rule = "rate_limited"
	RuleDatabaseBusy      Rule = "database_busy"
	RuleDatabaseNotEmpty  Rule = "database_not_empty"
	RuleAuthHeaderMissing Rule = "auth_header_missing"
	RuleAuthHeaderInvalid Rule = "auth_header_invalid"
)

// Invalid reports input that breaks rule; field is the API name of the field.
func Invalid(rule Rule, field, message string) *Error {
	return &Error{Kind: KindInvalid, Rule: rule, Field: field, Message: message}
}

// NotFound reports something that does not exist or that the caller cannot see.
func NotFound(rule Rule, message string) *Error {
	return &Error{Kind: KindNotFound, Rule: rule, Message: message}
}

// Precondition reports a request that does not fit the present state.
func Precondition(rule Rule, message string) *Error {
	return &Error{Kind: KindPrecondition, Rule: rule, Message: message}
}

// AlreadyExists reports a unique value that is taken.
func AlreadyExists(rule Rule, message string) *Error {
	return &Error{Kind: KindAlreadyExists, Rule: rule, Message: message}
}
