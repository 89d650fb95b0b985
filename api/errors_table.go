package api

import (
	"connectrpc.com/connect"

	"flowbench/models"
)

// problem is one row of the error table: what a caller sees when a rule is
// broken in a method. Text is the key of a translated text, or the text itself
// where ZITADEL does not translate. {request} stands for the name of the
// request message, {detail} for the error's own sentence, and {limit} and the
// like for its arguments.
type problem struct {
	Method string // "" = every method without a row of its own
	Rule   models.Rule
	Code   connect.Code
	ID     string // "" = no detail and no id behind the message
	Text   string
}

const (
	invalid      = connect.CodeInvalidArgument
	notFound     = connect.CodeNotFound
	exists       = connect.CodeAlreadyExists
	precondition = connect.CodeFailedPrecondition
	denied       = connect.CodePermissionDenied
	unauthorized = connect.CodeUnauthenticated
	exhausted    = connect.CodeResourceExhausted
	unavailable  = connect.CodeUnavailable
)

// problems is the whole table. The first group are the answers that clients of
// ZITADEL know, the second Flowbench's own.
var problems = []problem{
	{"", models.RuleAuthHeaderMissing, unauthorized, "", "auth header missing"},
	{"", models.RuleAuthHeaderInvalid, unauthorized, "AUTH-toLo1", "invalid auth header"},
	{"", models.RuleTokenInvalid, unauthorized, "AUTH-7fs1e", "Errors.Token.Invalid"},
	{"", models.RuleOrgNotFound, denied, "AUTH-Bs7Ds", "Organisation doesn't exist"},
	{"", models.RuleNoMembership, notFound, "AUTHZ-cdgFk", "membership not found"},
	{"", models.RulePermission, denied, "AUTH-5mWD2", "No matching permissions found"},

	{"", models.RuleNameLength, invalid, "", "invalid {request}.Name: value length must be between 1 and 200 runes, inclusive"},
	{"", models.RuleScriptEmpty, invalid, "", "invalid {request}.Script: value length must be at least 1 runes"},
	{"", models.RuleScriptTooLong, invalid, "", "invalid {request}.Script: value length must be at most {limit} runes"},
	{"", models.RuleTimeoutRange, invalid, "", "invalid {request}.Timeout: value must be inside range [0s, 20s]"},
	{"", models.RuleActionIDLength, invalid, "", "invalid {request}.Id: value length must be between 1 and 200 runes, inclusive"},
	{"", models.RuleListLimit, invalid, "QUERY-4M0fs", "Errors.Query.LimitExceeded"},

	{"", models.RuleActionNameTaken, exists, "V3-DKcYh", "Errors.Action.AlreadyExists"},
	{"GetAction", models.RuleActionNotFound, notFound, "QUERY-GEfnb", "Errors.Action.NotFound"},
	{"UpdateAction", models.RuleActionNotFound, notFound, "COMMAND-Sfg2t", "Errors.Action.NotFound"},
	{"", models.RuleActionNoChanges, precondition, "ACTION-dg4t2", "Errors.Action.NoChanges"},
	{"DeactivateAction", models.RuleActionIDMissing, invalid, "COMMAND-DAhk5", "Errors.IDMissing"},
	{"DeactivateAction", models.RuleActionNotFound, notFound, "COMMAND-NRmhu", "Errors.Action.NotFound"},
	{"", models.RuleActionNotActive, precondition, "COMMAND-Dgj92", "Errors.Action.NotActive"},
	{"ReactivateAction", models.RuleActionIDMissing, invalid, "COMMAND-BNm56", "Errors.IDMissing"},
	{"ReactivateAction", models.RuleActionNotFound, notFound, "COMMAND-Aa22g", "Errors.Action.NotFound"},
	{"", models.RuleActionNotInactive, precondition, "COMMAND-J53zh", "Errors.Action.NotInactive"},
	{"DeleteAction", models.RuleActionIDMissing, invalid, "COMMAND-Gfg3g", "Errors.IDMissing"},
	{"DeleteAction", models.RuleActionNotFound, notFound, "COMMAND-Dgh4h", "Errors.Action.NotFound"},

	{"ListFlowTriggerTypes", models.RuleFlowUnknown, notFound, "MANAG-P2OBk", "Errors.NotFound"},
	{"ClearFlow", models.RuleFlowUnknown, invalid, "COMMAND-Dfw2h", "Errors.Flow.FlowTypeMissing"},
	{"", models.RuleFlowEmpty, precondition, "COMMAND-DgGh3", "Errors.Flow.Empty"},
	{"", models.RuleFlowUnknown, invalid, "COMMAND-Dfhj5", "Errors.Flow.FlowTypeMissing"},
	{"", models.RuleTriggerInvalid, invalid, "COMMAND-Dfgh6", "Errors.Flow.WrongTriggerType"},
	{"", models.RuleFlowNoChanges, precondition, "COMMAND-Nfh52", "Errors.Flow.NoChanges"},
	{"", models.RuleActionIDsUnknown, precondition, "COMMAND-dg422", "Errors.Flow.ActionIDsNotExist"},
	{"GetOrgByID", models.RuleOrgNotFound, notFound, "QUERY-iTTGJ", "Errors.Org.NotFound"},

	{"", models.RuleActionNotFound, notFound, "FLOWB-Act1n", "Errors.Action.NotFound"},
	{"", models.RuleActionIDMissing, invalid, "FLOWB-Act2m", "Flowbench.ActionIDMissing"},
	{"", models.RuleSequenceConflict, precondition, "FLOWB-Seq1c", "Flowbench.SequenceConflict"},
	{"", models.RuleVersionNotFound, notFound, "FLOWB-Ver1n", "Flowbench.VersionNotFound"},
	{"", models.RuleRunNotFound, notFound, "FLOWB-Run1n", "Flowbench.RunNotFound"},
	{"", models.RuleCaseNotFound, notFound, "FLOWB-Cas1n", "Flowbench.CaseNotFound"},
	{"", models.RuleCaseInvalid, invalid, "FLOWB-Cas2i", "Flowbench.CaseInvalid"},
	{"", models.RuleCaseNameTaken, exists, "FLOWB-Cas3t", "Flowbench.CaseNameTaken"},
	{"", models.RuleSampleNotFound, notFound, "FLOWB-Smp1n", "Flowbench.SampleNotFound"},
	{"", models.RuleSampleInvalid, invalid, "FLOWB-Smp2i", "Flowbench.SampleInvalid"},
	{"", models.RuleSampleNameTaken, exists, "FLOWB-Smp3t", "Flowbench.SampleNameTaken"},
	{"", models.RuleSettingsInvalid, invalid, "FLOWB-Cfg1i", "Flowbench.SettingsInvalid"},
	{"", models.RuleIdempotencyKey, precondition, "FLOWB-Ide1k", "Flowbench.IdempotencyKey"},
	{"", models.RuleEventNotFound, notFound, "FLOWB-Evt1n", "Flowbench.EventNotFound"},
	{"", models.RuleEventIrreversible, precondition, "FLOWB-Evt2i", "Flowbench.EventIrreversible"},
	{"", models.RuleContextInvalid, invalid, "FLOWB-Ctx1i", "Flowbench.ContextInvalid"},
	{"", models.RuleRealCallsOff, precondition, "FLOWB-Rco4f", "Flowbench.RealCallsOff"},
	{"", models.RuleTriggerUnknown, invalid, "FLOWB-Trg1u", "Flowbench.TriggerUnknown"},
	{"", models.RuleBusy, unavailable, "FLOWB-Bus1y", "Flowbench.Busy"},
	{"", models.RuleDatabaseBusy, unavailable, "FLOWB-Dat1b", "Flowbench.DatabaseBusy"},
	{"", models.RuleDatabaseNotEmpty, precondition, "FLOWB-Dat2e", "Flowbench.DatabaseNotEmpty"},
	{"", models.RuleRateLimited, exhausted, "FLOWB-Rat1l", "Flowbench.RateLimited"},
	{"", models.RuleOrgNameTaken, exists, "FLOWB-Org1t", "Flowbench.OrgNameTaken"},
	{"", models.RuleUserNotFound, notFound, "FLOWB-Usr1n", "Flowbench.UserNotFound"},
	{"", models.RuleUserNameTaken, exists, "FLOWB-Usr2t", "Flowbench.UserNameTaken"},
	{"", models.RuleUserInvalid, invalid, "FLOWB-Usr3i", "Flowbench.UserInvalid"},
	{"", models.RulePasswordWeak, invalid, "FLOWB-Pwd1w", "Flowbench.PasswordWeak"},
	{"", models.RuleRoleUnknown, invalid, "FLOWB-Rol1u", "Flowbench.RoleUnknown"},
	{"", models.RuleLastOwner, precondition, "FLOWB-Own1l", "Flowbench.LastOwner"},
	{"CreateToken", models.RuleTokenInvalid, invalid, "FLOWB-Tok2e", "Flowbench.TokenExpired"},
	{"RemoveMember", models.RuleNoMembership, notFound, "FLOWB-Mem1n", "Flowbench.MemberNotFound"},
	{"", models.RuleTokenNotFound, notFound, "FLOWB-Tok1n", "Flowbench.TokenNotFound"},
	{"", models.RuleKeyNotFound, notFound, "FLOWB-Key1n", "Flowbench.KeyNotFound"},
	{"", models.RuleKeyInvalid, invalid, "FLOWB-Key2i", "Flowbench.KeyInvalid"},
	{"", models.RuleClientNotFound, notFound, "FLOWB-Cli1n", "Flowbench.ClientNotFound"},
	{"", models.RuleClientInvalid, invalid, "FLOWB-Cli2i", "Flowbench.ClientInvalid"},
	{"", models.RuleSecretKey, precondition, "FLOWB-Sec1k", "Flowbench.SecretKey"},
	{"", models.RuleCredentials, unauthorized, "FLOWB-Cre1d", "Flowbench.Credentials"},
	{"", models.RuleSetupCode, denied, "FLOWB-Set1c", "Flowbench.SetupCode"},
	{"", models.RuleSetupDone, precondition, "FLOWB-Set2d", "Flowbench.SetupDone"},
}
