package auth

import (
	"context"
	"slices"

	"flowbench/models"
)

// Principal is who is calling, in which organization, with which permissions
// there. It is made once per request and travels in the context.
type Principal struct {
	UserID      string
	Name        string // for the audit log: display name of a person, name of a machine user
	OrgID       string // the organization the request works in
	Permissions []Permission
	Source      models.Source
	TokenID     string // personal access token in use, or ""
	RequestID   string
}

// Can reports whether the principal holds the permission.
func (p *Principal) Can(perm Permission) bool {
	return p != nil && slices.Contains(p.Permissions, perm)
}

type principalKey struct{}

// WithPrincipal returns a context that carries p.
func WithPrincipal(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// From returns the principal of the context, or nil.
func From(ctx context.Context) *Principal {
	p, _ := ctx.Value(principalKey{}).(*Principal)
	return p
}

// Require returns the principal if it holds perm. Without a principal the
// error is Unauthenticated, without the permission PermissionDenied.
func Require(ctx context.Context, perm Permission) (*Principal, error) {
	p := From(ctx)
	if p == nil {
		return nil, &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleTokenInvalid, Message: "You are not signed in."}
	}
	if !p.Can(perm) {
		return nil, &models.Error{Kind: models.KindPermissionDenied, Rule: models.RulePermission,
			Message: "You do not have the permission to do this.", Args: map[string]any{"permission": string(perm)}}
	}
	return p, nil
}

// Operator returns the principal of the command line: everything is allowed in
// the given organization.
func Operator(orgID string) *Principal {
	return &Principal{UserID: "", Name: "command line", OrgID: orgID, Source: models.SourceCLI,
		Permissions: PermissionsOf([]string{string(RoleIAMOwner)})}
}
