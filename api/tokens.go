package api

import (
	"context"
	"time"

	"flowbench/api/flowbenchpb"
	"flowbench/auth"
)

// ListTokens returns the tokens of a user, by default the caller's.
func (s *Server) ListTokens(ctx context.Context, q *flowbenchpb.ListTokensRequest) (*flowbenchpb.ListTokensResponse, error) {
	tokens, err := s.services.Tokens.List(ctx, userOr(ctx, q.GetUserId()))
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListTokensResponse{}
	for _, t := range tokens {
		response.Result = append(response.Result, &flowbenchpb.Token{Id: t.ID, UserId: t.UserID, Last4: t.Last4,
			CreationDate: stamp(t.CreatedAt), Expires: optionalStamp(t.ExpiresAt), LastUsed: optionalStamp(t.LastUsedAt),
			Revoked: optionalStamp(t.RevokedAt)})
	}
	return response, nil
}

// CreateToken makes a token and shows its secret once.
func (s *Server) CreateToken(ctx context.Context, q *flowbenchpb.CreateTokenRequest) (*flowbenchpb.CreateTokenResponse, error) {
	var expires *time.Time
	if q.GetExpires() != nil {
		at := q.GetExpires().AsTime()
		expires = &at
	}
	token, secret, err := s.services.Tokens.Create(ctx, userOr(ctx, q.GetUserId()), expires)
	if err != nil {
		return nil, err
	}
	return &flowbenchpb.CreateTokenResponse{Id: token.ID, Token: secret, Expires: optionalStamp(token.ExpiresAt)}, nil
}

// RevokeToken ends a token.
func (s *Server) RevokeToken(ctx context.Context, q *flowbenchpb.RevokeTokenRequest) (*flowbenchpb.RevokeTokenResponse, error) {
	if err := s.services.Tokens.Revoke(ctx, q.GetId()); err != nil {
		return nil, err
	}
	return &flowbenchpb.RevokeTokenResponse{}, nil
}

func userOr(ctx context.Context, id string) string {
	if id == "" {
		return auth.From(ctx).UserID
	}
	return id
}
