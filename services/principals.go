package services

import (
	"context"
	"time"

	"flowbench/auth"
	"flowbench/models"
)

// Principals turn what a caller shows into who they are and what they may do.
type Principals struct{ *core }

// touchEvery is how exactly the last use of a token is known.
const touchEvery = time.Minute

var errTokenInvalid = &models.Error{Kind: models.KindUnauthenticated, Rule: models.RuleTokenInvalid, Message: "The token is not accepted."}

// ByToken finds whose token the secret is: a personal access token, or an
// access token of our own OAuth server that is meant for the API. Unknown,
// expired and revoked ones are refused alike.
func (p *Principals) ByToken(ctx context.Context, secret string) (userID, tokenID string, err error) {
	if looksSealed(secret) {
		return p.byAccessToken(ctx, secret)
	}
	token, err := p.store.TokenByHash(ctx, auth.HashSecret(secret))
	if models.KindOf(err) == models.KindNotFound {
		return "", "", errTokenInvalid
	}
	if err != nil {
		return "", "", err
	}
	now := p.moment()
	if !token.Usable(now) {
		return "", "", errTokenInvalid
	}
	p.touch(ctx, token, now)
	return token.UserID, token.ID, nil
}

// touch notes the use of a token. A failure is logged only: the caller's
// request does not depend on it.
func (p *Principals) touch(ctx context.Context, token models.Token, now time.Time) {
	if token.LastUsedAt != nil && now.Sub(*token.LastUsedAt) < touchEvery {
		return
	}
	if err := p.store.TouchToken(ctx, token.ID, now, now.Add(-touchEvery)); err != nil {
		p.log.WarnContext(ctx, "token use not noted", "token_id", token.ID, "error", err)
	}
}

// In resolves what a user may do in an organization; an empty id means the
// user's own. Memberships of an organization count only there, those of the
// instance everywhere. Order and kinds of the errors are those of the
// management API contract, section 4.
func (p *Principals) In(ctx context.Context, userID, orgID string, source models.Source) (*auth.Principal, error) {
	user, err := p.store.User(ctx, userID)
	if models.KindOf(err) == models.KindNotFound {
		return nil, errTokenInvalid
	}
	if err != nil {
		return nil, err
	}
	if orgID == "" {
		orgID = user.OrgID
	}
	if orgID != user.OrgID { // the own organization exists as long as the user
		if err := p.orgExists(ctx, orgID); err != nil {
			return nil, err
		}
	}
	memberships, err := p.store.Memberships(ctx, userID, orgID)
	if err != nil {
		return nil, err
	}
	if len(memberships) == 0 {
		return nil, models.NotFound(models.RuleNoMembership, "You are not a member of this organization.")
	}
	var roles []string
	for _, m := range memberships {
		roles = append(roles, m.Roles...)
	}
	return &auth.Principal{UserID: user.ID, Name: displayName(user), OrgID: orgID, Permissions: auth.PermissionsOf(roles), Source: source}, nil
}

func (p *Principals) orgExists(ctx context.Context, orgID string) error {
	_, err := p.store.Org(ctx, orgID)
	if models.KindOf(err) == models.KindNotFound {
		return &models.Error{Kind: models.KindPermissionDenied, Rule: models.RuleOrgNotFound, Message: "This organization does not exist."}
	}
	return err
}

// displayName is how the audit log names a user.
func displayName(u models.User) string {
	if u.DisplayName != "" {
		return u.DisplayName
	}
	return u.Name
}
