package oauth

import (
	"slices"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const idTokenLifetime = time.Hour

// ConsentPath is where people are asked, with the secret of the request.
const ConsentPath = "/consent"

// client shows a Client to the provider.
type client struct{ Client }

var _ op.Client = client{}

func (c client) GetID() string                    { return c.ID }
func (c client) RedirectURIs() []string           { return c.OAuthClient.RedirectURIs }
func (c client) PostLogoutRedirectURIs() []string { return nil }
func (c client) AccessTokenType() op.AccessTokenType {
	return op.AccessTokenTypeBearer
}
func (c client) IDTokenLifetime() time.Duration       { return idTokenLifetime }
func (c client) DevMode() bool                        { return false }
func (c client) IsScopeAllowed(scope string) bool     { return audienceOf(scope) != "" }
func (c client) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c client) ClockSkew() time.Duration             { return 0 }
func (c client) LoginURL(secret string) string        { return ConsentPath + "?request=" + secret }

// ApplicationType lets public clients listen on any loopback port, as native
// programs do.
func (c client) ApplicationType() op.ApplicationType {
	if c.native() {
		return op.ApplicationTypeNative
	}
	return op.ApplicationTypeWeb
}

func (c client) native() bool { return !c.Machine && c.Public() }

// AuthMethod is how the client proves to be it.
func (c client) AuthMethod() oidc.AuthMethod {
	if c.native() {
		return oidc.AuthMethodNone
	}
	return oidc.AuthMethodBasic
}

// ResponseTypes has the code only: the implicit flow puts tokens into
// addresses.
func (c client) ResponseTypes() []oidc.ResponseType {
	if c.Machine {
		return nil
	}
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}

// GrantTypes are what the client may do at the token endpoint.
func (c client) GrantTypes() []oidc.GrantType {
	if c.Machine {
		return []oidc.GrantType{oidc.GrantTypeClientCredentials}
	}
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
}

// RestrictAdditionalIdTokenScopes leaves the scopes as they are.
func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string { return slices.Clone }

// RestrictAdditionalAccessTokenScopes leaves the scopes as they are.
func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string { return slices.Clone }

// What is around the audience in a scope that asks for one.
const (
	audiencePrefix = "urn:zitadel:iam:org:project:id:"
	audienceSuffix = ":aud"
)

// audienceOf returns the audience that a scope asks for, or "".
func audienceOf(scope string) string {
	id, ok := strings.CutPrefix(scope, audiencePrefix)
	if !ok {
		return ""
	}
	if id, ok = strings.CutSuffix(id, audienceSuffix); !ok {
		return ""
	}
	return id
}

// audience is the client and what the scopes ask for.
func audience(clientID string, scopes []string) []string {
	list := []string{clientID}
	for _, scope := range scopes {
		if id := audienceOf(scope); id != "" && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// knownScopes keeps the scopes that mean something here.
func knownScopes(scopes []string) []string {
	known := []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}
	list := []string{}
	for _, scope := range scopes {
		if (slices.Contains(known, scope) || audienceOf(scope) != "") && !slices.Contains(list, scope) {
			list = append(list, scope)
		}
	}
	return list
}
