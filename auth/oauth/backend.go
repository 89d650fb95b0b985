package oauth

import (
	"context"
	"crypto/rsa"
	"time"

	"flowbench/models"
)

// Client is who talks to the token endpoint: a registered program, or a
// machine user with a client secret.
type Client struct {
	models.OAuthClient
	Machine bool // its id is the id of the user
}

// Grant is what an access token is issued for.
type Grant struct {
	UserID   string
	ClientID string
	GrantID  string // the authorization request it goes back to, or ""
	Audience []string
	Scopes   []string
	AuthTime time.Time
}

// SigningKey is a key that ID tokens are signed with.
type SigningKey struct {
	KeyID   string
	Private *rsa.PrivateKey
}

// Backend is what the protocol needs of the rest of the server. Its errors are
// models.Error where the caller is at fault.
type Backend interface {
	// ServiceKey returns the public JWK of a usable key, which must belong to
	// the user.
	ServiceKey(ctx context.Context, userID, keyID string) (string, error)
	// Client finds a client by its id, which for a machine user is its name.
	Client(ctx context.Context, clientID string) (Client, error)
	// ClientWithSecret finds a client and checks its secret.
	ClientWithSecret(ctx context.Context, clientID, secret string) (Client, error)

	// Begin stores an authorization request and returns the secret that names
	// it in addresses.
	Begin(ctx context.Context, r models.AuthRequest) (string, error)
	// Request returns the open authorization request of a secret.
	Request(ctx context.Context, secret string) (models.AuthRequest, error)
	// SetCode notes the code of a request, which works once.
	SetCode(ctx context.Context, secret, code string) error
	// UseCode returns the request of a code, which works once.
	UseCode(ctx context.Context, code string) (models.AuthRequest, error)

	// Issue makes an access token.
	Issue(ctx context.Context, g Grant) (models.AccessToken, error)
	// IssueWithRefresh makes an access token and a refresh token, in place of
	// the present one unless that is "".
	IssueWithRefresh(ctx context.Context, g Grant, present string) (models.AccessToken, string, error)
	// Refresh returns a usable refresh token.
	Refresh(ctx context.Context, secret string) (models.RefreshToken, error)
	// Token returns a usable access token and whose it is.
	Token(ctx context.Context, id string) (models.AccessToken, models.User, error)
	// User returns a user for the claims of an ID token.
	User(ctx context.Context, id string) (models.User, error)
	// RevokeToken ends an access token, RevokeGrant everything that goes back
	// to one authorization request.
	RevokeToken(ctx context.Context, id string) error
	RevokeGrant(ctx context.Context, grantID string) error

	// SigningKeys returns the keys that signatures are checked with, the one
	// in use first.
	SigningKeys(ctx context.Context) ([]SigningKey, error)
	// Seal and Open make texts unreadable for clients and readable again.
	Seal(ctx context.Context, plain string) (string, error)
	Open(ctx context.Context, sealed string) (string, error)
}
