package oauth

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"flowbench/models"
)

// storage shows the Backend to the provider and gives its errors the names of
// the protocol.
type storage struct {
	backend Backend
	log     *slog.Logger
}

var (
	_ op.Storage                   = (*storage)(nil)
	_ op.ClientCredentialsStorage  = (*storage)(nil)
	_ op.CanSetUserinfoFromRequest = (*storage)(nil)
)

// refused is what a client sees of an error: what it is at fault for by the
// protocol's name, anything else as a failure of the server without its cause.
func (s *storage) refused(ctx context.Context, err error, fault *oidc.Error) error {
	if err == nil {
		return nil
	}
	if models.KindOf(err) == models.KindInternal || models.KindOf(err) == models.KindUnavailable {
		s.log.ErrorContext(ctx, "oauth request failed", "error", err)
		return oidc.ErrServerError().WithDescription("The server failed.")
	}
	return fault
}

// CreateAuthRequest stores a request whose client and address are known to be
// right. PKCE is asked of every client.
func (s *storage) CreateAuthRequest(ctx context.Context, q *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	if q.CodeChallenge == "" || q.CodeChallengeMethod != oidc.CodeChallengeMethodS256 {
		return nil, oidc.ErrInvalidRequest().WithDescription("PKCE with the method S256 is required.")
	}
	if q.ResponseMode == oidc.ResponseModeFormPost {
		return nil, oidc.ErrInvalidRequest().WithDescription("The response mode form_post is not supported.")
	}
	if slices.Contains(q.Prompt, oidc.PromptNone) {
		return nil, oidc.ErrInteractionRequired()
	}
	r := &authRequest{AuthRequest: models.AuthRequest{ClientID: q.ClientID, RedirectURI: q.RedirectURI, Scopes: requestScopes(q.Scopes),
		State: q.State, Nonce: q.Nonce, ResponseMode: string(q.ResponseMode), CodeChallenge: q.CodeChallenge}}
	if len(r.Scopes) == 0 {
		return nil, oidc.ErrInvalidScope().WithDescription("None of the scopes is known.")
	}
	var err error
	r.secret, err = s.backend.Begin(ctx, r.AuthRequest)
	return r, s.refused(ctx, err, oidc.ErrInvalidRequest())
}

// requestScopes also keeps the wish for a refresh token.
func requestScopes(scopes []string) []string {
	list := knownScopes(scopes)
	if slices.Contains(scopes, oidc.ScopeOfflineAccess) {
		list = append(list, oidc.ScopeOfflineAccess)
	}
	return list
}

func (s *storage) AuthRequestByID(ctx context.Context, secret string) (op.AuthRequest, error) {
	r, err := s.backend.Request(ctx, secret)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidRequest().WithDescription("This request does not exist or has ended."))
	}
	return &authRequest{AuthRequest: r, secret: secret}, nil
}

func (s *storage) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	r, err := s.backend.UseCode(ctx, code)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidGrant())
	}
	return &authRequest{AuthRequest: r}, nil
}

func (s *storage) SaveAuthCode(ctx context.Context, secret, code string) error {
	return s.refused(ctx, s.backend.SetCode(ctx, secret, code), oidc.ErrInvalidRequest().WithDescription("This request was answered already."))
}

// DeleteAuthRequest does nothing: a used request stays until its end, so that
// a second use of its code is noticed.
func (s *storage) DeleteAuthRequest(context.Context, string) error { return nil }

// granted is what all requests of ours can say.
type granted interface{ grant() Grant }

func (s *storage) CreateAccessToken(ctx context.Context, q op.TokenRequest) (string, time.Time, error) {
	g, ok := q.(granted)
	if !ok {
		return "", time.Time{}, oidc.ErrUnsupportedGrantType()
	}
	token, err := s.backend.Issue(ctx, g.grant())
	return token.ID, token.ExpiresAt, s.refused(ctx, err, oidc.ErrInvalidGrant())
}

func (s *storage) CreateAccessAndRefreshTokens(ctx context.Context, q op.TokenRequest, present string) (string, string, time.Time, error) {
	g, ok := q.(granted)
	if !ok {
		return "", "", time.Time{}, oidc.ErrUnsupportedGrantType()
	}
	token, refresh, err := s.backend.IssueWithRefresh(ctx, g.grant(), present)
	return token.ID, refresh, token.ExpiresAt, s.refused(ctx, err, oidc.ErrInvalidGrant())
}

func (s *storage) TokenRequestByRefreshToken(ctx context.Context, secret string) (op.RefreshTokenRequest, error) {
	token, err := s.backend.Refresh(ctx, secret)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidGrant())
	}
	return &refreshRequest{token}, nil
}

// TerminateSession is never asked: there is no endpoint for it.
func (s *storage) TerminateSession(context.Context, string, string) error { return nil }

// RevokeToken ends an access token of the client, or with a refresh token all
// of its grant. Unknown tokens are no error, as the protocol wants it.
func (s *storage) RevokeToken(ctx context.Context, tokenID, _, clientID string) *oidc.Error {
	client, err := s.backend.Client(ctx, clientID)
	if err != nil {
		client.ID = clientID // a machine user that showed a signed assertion
	}
	if token, err := s.backend.Refresh(ctx, tokenID); err == nil && token.ClientID == client.ID {
		return s.ended(ctx, s.backend.RevokeGrant(ctx, token.GrantID))
	}
	token, _, err := s.backend.Token(ctx, tokenID)
	if err != nil || token.ClientID != client.ID {
		return nil
	}
	return s.ended(ctx, s.backend.RevokeToken(ctx, token.ID))
}

func (s *storage) ended(ctx context.Context, err error) *oidc.Error {
	if err == nil {
		return nil
	}
	s.log.ErrorContext(ctx, "oauth token not revoked", "error", err)
	return oidc.ErrServerError().WithDescription("The server failed.")
}

// GetRefreshTokenInfo answers with the token itself as its id.
func (s *storage) GetRefreshTokenInfo(ctx context.Context, _, secret string) (string, string, error) {
	token, err := s.backend.Refresh(ctx, secret)
	if err != nil {
		return "", "", op.ErrInvalidRefreshToken
	}
	return token.UserID, secret, nil
}

func (s *storage) GetClientByClientID(ctx context.Context, clientID string) (op.Client, error) {
	c, err := s.backend.Client(ctx, clientID)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidClient())
	}
	return client{c}, nil
}

func (s *storage) AuthorizeClientIDSecret(ctx context.Context, clientID, secret string) error {
	_, err := s.backend.ClientWithSecret(ctx, clientID, secret)
	return s.refused(ctx, err, oidc.ErrInvalidClient())
}

func (s *storage) ClientCredentials(ctx context.Context, clientID, secret string) (op.Client, error) {
	c, err := s.backend.ClientWithSecret(ctx, clientID, secret)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidClient())
	}
	return client{c}, nil
}

func (s *storage) ClientCredentialsTokenRequest(ctx context.Context, clientID string, scopes []string) (op.TokenRequest, error) {
	c, err := s.backend.Client(ctx, clientID)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidClient())
	}
	return machineRequest{c.ID, knownScopes(scopes)}, nil
}

// GetKeyByIDAndClientID finds the key of an assertion, which counts only as
// the key of the user that the assertion speaks for.
func (s *storage) GetKeyByIDAndClientID(ctx context.Context, keyID, userID string) (*jose.JSONWebKey, error) {
	text, err := s.backend.ServiceKey(ctx, userID, keyID)
	if err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidGrant())
	}
	key := new(jose.JSONWebKey)
	if err := json.Unmarshal([]byte(text), key); err != nil {
		return nil, s.refused(ctx, err, oidc.ErrInvalidGrant())
	}
	return key, nil
}

func (s *storage) ValidateJWTProfileScopes(_ context.Context, _ string, scopes []string) ([]string, error) {
	return knownScopes(scopes), nil
}

// Health says nothing: the server has its own.
func (s *storage) Health(context.Context) error { return nil }
