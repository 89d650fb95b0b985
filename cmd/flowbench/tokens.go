package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"flowbench/config"
	"flowbench/models"
	"flowbench/services"
)

// newToken is the one answer that carries the token itself.
type newToken struct {
	ID      string     `json:"id"`
	Token   string     `json:"token"`
	Expires *time.Time `json:"expires"`
}

// tokenAnswer is a token in a list.
type tokenAnswer struct {
	ID       string     `json:"id"`
	Last4    string     `json:"last4"`
	Created  time.Time  `json:"created"`
	Expires  *time.Time `json:"expires"`
	LastUsed *time.Time `json:"lastUsed"`
	Revoked  *time.Time `json:"revoked"`
}

func (a *app) tokenCommand() *cobra.Command {
	return group("token", "Personal access tokens: create, list, revoke.", a.tokenCreate(), a.tokenList(), a.tokenRevoke())
}

func (a *app) tokenCreate() *cobra.Command {
	var user, life string
	cmd := &cobra.Command{Use: "create", Short: "Create a token; it is shown this once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			expires, err := expiry(life, time.Now())
			if err != nil {
				return err
			}
			token, secret, err := s.Tokens.Create(ctx, user, expires)
			if err != nil {
				return err
			}
			return a.print(newToken{token.ID, secret, token.ExpiresAt}, func() { a.line("%s", secret) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the user the token stands for.")
	cmd.Flags().StringVar(&life, "expires", "", "How long the token is good, for example 90d or 12h; without it, until it is revoked.")
	return require(cmd, "user")
}

// expiry turns a lifetime such as 90d into a time; "" is none.
func expiry(life string, now time.Time) (*time.Time, error) {
	if life == "" {
		return nil, nil
	}
	d, err := config.ParseDuration(life)
	if err != nil || d <= 0 {
		return nil, usage("expires", "--expires: %q is not a duration such as 90d or 12h", life)
	}
	at := now.Add(d)
	return &at, nil
}

func (a *app) tokenList() *cobra.Command {
	var user string
	cmd := &cobra.Command{Use: "list", Short: "List the tokens of a user.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			tokens, err := s.Tokens.List(ctx, user)
			if err != nil {
				return err
			}
			answer := make([]tokenAnswer, len(tokens))
			rows := make([][]string, len(tokens))
			for i, t := range tokens {
				answer[i] = tokenAnswer{t.ID, t.Last4, t.CreatedAt, t.ExpiresAt, t.LastUsedAt, t.RevokedAt}
				rows[i] = []string{t.ID, "…" + t.Last4, t.CreatedAt.Format(time.RFC3339), state(t, time.Now())}
			}
			return a.print(answer, func() { a.table([]string{"ID", "TOKEN", "CREATED", "STATE"}, rows) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the user.")
	return require(cmd, "user")
}

// state says in words whether a token still works.
func state(t models.Token, now time.Time) string {
	switch {
	case t.RevokedAt != nil:
		return "revoked"
	case !t.Usable(now):
		return "expired"
	case t.ExpiresAt != nil:
		return "until " + t.ExpiresAt.Format(time.RFC3339)
	default:
		return "until revoked"
	}
}

func (a *app) tokenRevoke() *cobra.Command {
	var id string
	cmd := &cobra.Command{Use: "revoke", Short: "Make a token useless at once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if err := s.Tokens.Revoke(ctx, id); err != nil {
				return err
			}
			return a.print(map[string]string{"id": id}, func() { a.line("%s is revoked", id) })
		})}
	cmd.Flags().StringVar(&id, "id", "", "Id of the token.")
	return require(cmd, "id")
}
