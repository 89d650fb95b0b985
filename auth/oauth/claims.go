package oauth

import (
	"context"
	"errors"
	"slices"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"flowbench/models"
)

// SetUserinfoFromScopes is left to SetUserinfoFromRequest.
func (s *storage) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

// SetUserinfoFromRequest fills the claims of an ID token.
func (s *storage) SetUserinfoFromRequest(ctx context.Context, info *oidc.UserInfo, q op.IDTokenRequest, scopes []string) error {
	user, err := s.backend.User(ctx, q.GetSubject())
	if err != nil {
		return s.refused(ctx, err, oidc.ErrInvalidGrant())
	}
	describe(info, user, scopes)
	return nil
}

// SetUserinfoFromToken fills the answer of the userinfo endpoint.
func (s *storage) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, tokenID, subject, _ string) error {
	token, user, err := s.backend.Token(ctx, tokenID)
	if err != nil {
		return s.refused(ctx, err, oidc.ErrAccessDenied().WithDescription("The token has ended."))
	}
	if user.ID != subject || !slices.Contains(token.Scopes, oidc.ScopeOpenID) {
		return oidc.ErrAccessDenied().WithDescription("The token has no scope openid.")
	}
	describe(info, user, token.Scopes)
	return nil
}

var errNotMeant = errors.New("the token is not for this client")

// SetIntrospectionFromToken describes a token to its own client and to those
// it is meant for; others learn nothing of it.
func (s *storage) SetIntrospectionFromToken(ctx context.Context, answer *oidc.IntrospectionResponse, tokenID, subject, clientID string) error {
	token, user, err := s.backend.Token(ctx, tokenID)
	if err != nil {
		return err
	}
	asking, err := s.backend.Client(ctx, clientID)
	if err != nil {
		asking.ID = clientID // a machine user that showed a signed assertion
	}
	if user.ID != subject || asking.ID != token.ClientID && !slices.Contains(token.Audience, asking.ID) {
		return errNotMeant
	}
	info := new(oidc.UserInfo)
	describe(info, user, token.Scopes)
	answer.SetUserInfo(info)
	answer.Subject, answer.ClientID, answer.JWTID, answer.TokenType = user.ID, token.ClientID, token.ID, oidc.BearerToken
	answer.Scope, answer.Audience = token.Scopes, token.Audience
	answer.Expiration, answer.IssuedAt = oidc.FromTime(token.ExpiresAt), oidc.FromTime(token.CreatedAt)
	answer.Issuer = op.IssuerFromContext(ctx)
	return nil
}

// describe says of a user what the scopes allow. Without the subject an ID
// token would have none.
func describe(info *oidc.UserInfo, user models.User, scopes []string) {
	info.Subject = user.ID
	if slices.Contains(scopes, oidc.ScopeProfile) {
		info.PreferredUsername, info.Name = user.Name, user.DisplayName
		if info.Name == "" {
			info.Name = user.Name
		}
	}
	if slices.Contains(scopes, oidc.ScopeEmail) {
		info.Email = user.Email
	}
}

// GetPrivateClaimsFromScopes is empty: access tokens of ours carry no claims.
func (s *storage) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

// SigningKey returns the key in use.
func (s *storage) SigningKey(ctx context.Context) (op.SigningKey, error) {
	keys, err := s.backend.SigningKeys(ctx)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrServerError())
	}
	return signingKey{keys[0]}, nil
}

// SignatureAlgorithms is what every client of OpenID Connect understands.
func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

// KeySet returns the public halves, the replaced ones included.
func (s *storage) KeySet(ctx context.Context) ([]op.Key, error) {
	keys, err := s.backend.SigningKeys(ctx)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrServerError())
	}
	list := make([]op.Key, len(keys))
	for i, key := range keys {
		list[i] = publicKey{key}
	}
	return list, nil
}

func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k signingKey) Key() any                                    { return k.Private }
func (k signingKey) ID() string                                  { return k.KeyID }

func (k publicKey) ID() string                         { return k.KeyID }
func (k publicKey) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k publicKey) Use() string                        { return "sig" }
func (k publicKey) Key() any                           { return k.Private.Public() }
