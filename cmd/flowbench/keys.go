package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
)

// newKey is the answer of a command that wrote a key file.
type newKey struct {
	KeyID string `json:"keyId"`
	File  string `json:"file"`
}

// keyAnswer is a key in a list.
type keyAnswer struct {
	KeyID    string     `json:"keyId"`
	Created  time.Time  `json:"created"`
	Expires  time.Time  `json:"expires"`
	LastUsed *time.Time `json:"lastUsed"`
	Revoked  *time.Time `json:"revoked"`
}

func (a *app) keyCommand() *cobra.Command {
	return group("key", "Key files of machine users: create, list, revoke; keys of the server: rotate.",
		a.keyCreate(), a.keyList(), a.keyRevoke(), a.keyRotate())
}

func (a *app) keyCreate() *cobra.Command {
	var user, life, out string
	cmd := &cobra.Command{Use: "create", Short: "Write a key file for a machine user; its private key is in no other place.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			expires, err := expiry(life, time.Now())
			if err != nil {
				return err
			}
			key, err := writeKey(ctx, s, user, expires, out)
			if err != nil {
				return err
			}
			return a.print(newKey{key.ID, out}, func() { a.line("%s is in %s", key.ID, out) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the machine user.")
	cmd.Flags().StringVar(&out, "out", "", "File to write, which must not exist yet.")
	cmd.Flags().StringVar(&life, "expires", "", "How long the key is good, for example 90d; without it, a year.")
	return require(cmd, "user", "out")
}

// writeKey opens the file before it makes the key, so that no key is made
// that nobody has.
func writeKey(ctx context.Context, s *services.Services, user string, expires *time.Time, out string) (models.ServiceKey, error) {
	file, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return models.ServiceKey{}, fmt.Errorf("the file %s exists already", out)
	}
	if err != nil {
		return models.ServiceKey{}, fmt.Errorf("cannot write the key file: %w", err)
	}
	key, content, err := s.Keys.Create(ctx, user, expires)
	if err != nil {
		return key, errors.Join(err, file.Close(), os.Remove(out))
	}
	return key, errors.Join(encodeKey(file, content), file.Close())
}

func encodeKey(file *os.File, content auth.KeyFile) error {
	if err := json.NewEncoder(file).Encode(content); err != nil {
		return fmt.Errorf("cannot write the key file: %w", err)
	}
	return nil
}

func (a *app) keyList() *cobra.Command {
	var user string
	cmd := &cobra.Command{Use: "list", Short: "List the keys of a user.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			keys, err := s.Keys.List(ctx, user)
			if err != nil {
				return err
			}
			answer := make([]keyAnswer, len(keys))
			rows := make([][]string, len(keys))
			for i, k := range keys {
				answer[i] = keyAnswer{k.ID, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt}
				rows[i] = []string{k.ID, k.CreatedAt.Format(time.RFC3339),
					state(models.Token{ExpiresAt: &k.ExpiresAt, RevokedAt: k.RevokedAt}, time.Now())}
			}
			return a.print(answer, func() { a.table([]string{"ID", "CREATED", "STATE"}, rows) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the user.")
	return require(cmd, "user")
}

func (a *app) keyRevoke() *cobra.Command {
	var id string
	cmd := &cobra.Command{Use: "revoke", Short: "Make a key useless at once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if err := s.Keys.Revoke(ctx, id); err != nil {
				return err
			}
			return a.print(map[string]string{"keyId": id}, func() { a.line("%s is revoked", id) })
		})}
	cmd.Flags().StringVar(&id, "id", "", "Id of the key.")
	return require(cmd, "id")
}

func (a *app) keyRotate() *cobra.Command {
	return &cobra.Command{Use: "rotate", Short: "Replace the keys that the server seals and signs tokens with; tokens in use stay good.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			ends, err := s.OAuth.RotateKeys(ctx)
			if err != nil {
				return err
			}
			return a.print(map[string]time.Time{"oldKeysEnd": ends}, func() { a.line("the keys before end at %s", ends.Format(time.RFC3339)) })
		})}
}

// newSecret is the one answer that carries a client secret.
type newSecret struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
}

func (a *app) secretCommand() *cobra.Command {
	return group("secret", "Client secrets of machine users: create, remove.", a.secretCreate(), a.secretRemove())
}

func (a *app) secretCreate() *cobra.Command {
	var user string
	cmd := &cobra.Command{Use: "create", Short: "Give a machine user a new client secret; it is shown this once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			name, secret, err := s.Keys.SetSecret(ctx, user)
			if err != nil {
				return err
			}
			return a.print(newSecret{name, secret}, func() { a.line("%s", secret) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the machine user; its name is the client id.")
	return require(cmd, "user")
}

func (a *app) secretRemove() *cobra.Command {
	var user string
	cmd := &cobra.Command{Use: "remove", Short: "Make a machine user's client secret useless.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if err := s.Keys.RemoveSecret(ctx, user); err != nil {
				return err
			}
			return a.print(map[string]string{"user": user}, func() { a.line("the client secret of %s is removed", user) })
		})}
	cmd.Flags().StringVar(&user, "user", "", "Id of the machine user.")
	return require(cmd, "user")
}
