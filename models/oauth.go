package models

import "time"

// APIAudience is what the audience of an access token must contain for the
// management API to accept it. Clients ask for it with APIScope.
const APIAudience = "zitadel"

// APIScope is ZITADEL's scope for the management API.
const APIScope = "urn:zitadel:iam:org:project:id:" + APIAudience + ":aud"

// How long what the token endpoint hands out lasts.
const (
	AccessTokenLifetime  = 12 * time.Hour
	RefreshTokenLifetime = 30 * 24 * time.Hour
	AuthRequestLifetime  = 30 * time.Minute
	AuthCodeLifetime     = 5 * time.Minute
)

// ServiceKey is the public half of a machine user's key. The private half is
// in the key file, which is handed out once.
type ServiceKey struct {
	ID         string `gorm:"primaryKey"`
	UserID     string
	OrgID      string
	PublicKey  string // JWK as JSON
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time // written at most once a minute
	RevokedAt  *time.Time
}

// Usable reports whether the key is neither revoked nor expired at now.
func (k ServiceKey) Usable(now time.Time) bool {
	return k.RevokedAt == nil && now.Before(k.ExpiresAt)
}

// ClientSecret is what a machine user shows in the client credentials grant.
// Only the SHA-256 of its 256 random bits is stored.
type ClientSecret struct {
	UserID    string `gorm:"primaryKey"`
	Hash      string
	Last4     string
	CreatedAt time.Time
}

// OAuthClient is a program that people may let act for them.
type OAuthClient struct {
	ID           string `gorm:"primaryKey"`
	OrgID        string
	Name         string
	RedirectURIs []string `gorm:"column:redirect_uris;serializer:json"`
	SecretHash   string   // "" = a public client, which has PKCE only
	CreatedAt    time.Time
}

// TableName splits the name where a reader would.
func (OAuthClient) TableName() string { return "oauth_clients" }

// Public reports whether the client has no secret.
func (c OAuthClient) Public() bool { return c.SecretHash == "" }

// AuthRequest is one authorization request on its way from the client through
// the consent page to the token endpoint. Its id is the SHA-256 of what
// travels in addresses.
type AuthRequest struct {
	ID            string `gorm:"primaryKey"`
	ClientID      string
	RedirectURI   string
	Scopes        []string `gorm:"serializer:json"`
	State         string
	Nonce         string
	ResponseMode  string
	CodeChallenge string // S256 always
	CodeHash      string // SHA-256 of the code, "" before there is one
	UserID        string // who consented, "" before
	AuthTime      *time.Time
	CreatedAt     time.Time
	ExpiresAt     time.Time
	UsedAt        *time.Time // when the code was exchanged
}

// Done reports whether a person has consented.
func (r AuthRequest) Done() bool { return r.UserID != "" }

// AccessToken is what the token endpoint handed out. The token itself is the
// sealed id.
type AccessToken struct {
	ID        string `gorm:"primaryKey"`
	UserID    string
	ClientID  string   // of the program that got it; a machine user's own id for its grants
	GrantID   string   // the authorization request it goes back to, or ""
	Audience  []string `gorm:"serializer:json"`
	Scopes    []string `gorm:"serializer:json"`
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
}

// Usable reports whether the token is neither revoked nor expired at now.
func (t AccessToken) Usable(now time.Time) bool { return t.RevokedAt == nil && now.Before(t.ExpiresAt) }

// RefreshToken gets a client new access tokens. It works once and is replaced
// by its successor; its id is the SHA-256 of the secret.
type RefreshToken struct {
	ID        string `gorm:"primaryKey"`
	UserID    string
	ClientID  string
	GrantID   string
	Audience  []string `gorm:"serializer:json"`
	Scopes    []string `gorm:"serializer:json"`
	AuthTime  time.Time
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
	RevokedAt *time.Time
}

// KeyPurpose says what a CryptoKey is for.
type KeyPurpose string

// The purposes.
const (
	KeyForTokens     KeyPurpose = "token"     // seals access tokens and codes
	KeyForSignatures KeyPurpose = "signature" // signs ID tokens
)

// CryptoKey is a key of the server, sealed with the secret key of the
// configuration. A key that was replaced is kept until its last token ends.
type CryptoKey struct {
	ID        string `gorm:"primaryKey"`
	Purpose   KeyPurpose
	Sealed    string
	CreatedAt time.Time
	EndsAt    *time.Time
}
