package oauth

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"flowbench/models"
)

// authRequest shows an authorization request to the provider.
type authRequest struct {
	models.AuthRequest
	secret string // what names it in addresses; "" once the code was used
}

var _ op.AuthRequest = (*authRequest)(nil)

func (r *authRequest) GetID() string                      { return r.secret }
func (r *authRequest) GetACR() string                     { return "" }
func (r *authRequest) GetAMR() []string                   { return nil }
func (r *authRequest) GetAudience() []string              { return audience(r.ClientID, r.Scopes) }
func (r *authRequest) GetClientID() string                { return r.ClientID }
func (r *authRequest) GetNonce() string                   { return r.Nonce }
func (r *authRequest) GetRedirectURI() string             { return r.RedirectURI }
func (r *authRequest) GetResponseType() oidc.ResponseType { return oidc.ResponseTypeCode }
func (r *authRequest) GetResponseMode() oidc.ResponseMode { return oidc.ResponseMode(r.ResponseMode) }
func (r *authRequest) GetScopes() []string                { return r.Scopes }
func (r *authRequest) GetState() string                   { return r.State }
func (r *authRequest) GetSubject() string                 { return r.UserID }
func (r *authRequest) GetAuthTime() time.Time {
	if r.AuthTime == nil {
		return time.Time{}
	}
	return *r.AuthTime
}
func (r *authRequest) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.CodeChallenge, Method: oidc.CodeChallengeMethodS256}
}

func (r *authRequest) grant() Grant {
	return Grant{UserID: r.UserID, ClientID: r.ClientID, GrantID: r.ID, Audience: r.GetAudience(), Scopes: r.Scopes, AuthTime: r.GetAuthTime()}
}

// refreshRequest shows a refresh token to the provider.
type refreshRequest struct{ models.RefreshToken }

var _ op.RefreshTokenRequest = (*refreshRequest)(nil)

func (r *refreshRequest) GetAMR() []string                 { return nil }
func (r *refreshRequest) GetAudience() []string            { return audience(r.ClientID, r.Scopes) }
func (r *refreshRequest) GetAuthTime() time.Time           { return r.AuthTime }
func (r *refreshRequest) GetClientID() string              { return r.ClientID }
func (r *refreshRequest) GetScopes() []string              { return r.Scopes }
func (r *refreshRequest) GetSubject() string               { return r.UserID }
func (r *refreshRequest) SetCurrentScopes(scopes []string) { r.Scopes = scopes }

func (r *refreshRequest) grant() Grant {
	return Grant{UserID: r.UserID, ClientID: r.ClientID, GrantID: r.GrantID, Audience: r.GetAudience(), Scopes: r.Scopes, AuthTime: r.AuthTime}
}

// machineRequest is what a machine user asks for in its own name.
type machineRequest struct {
	userID string
	scopes []string
}

var _ op.TokenRequest = machineRequest{}

func (r machineRequest) GetSubject() string    { return r.userID }
func (r machineRequest) GetAudience() []string { return audience(r.userID, r.scopes) }
func (r machineRequest) GetScopes() []string   { return r.scopes }

func (r machineRequest) grant() Grant {
	return Grant{UserID: r.userID, ClientID: r.userID, Audience: r.GetAudience(), Scopes: r.scopes}
}

// signingKey and publicKey show a SigningKey to the provider.
type signingKey struct{ SigningKey }

type publicKey struct{ SigningKey }
