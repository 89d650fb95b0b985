package services

import (
	"context"
	"net/url"
	"strings"
	"unicode/utf8"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/store"
)

// Clients are the use cases of programs that people may let act for them.
// Whoever registers one decides where people are sent back to, of every
// organization, so it takes the permission of the instance.
type Clients struct{ *core }

// maxRedirects bounds the addresses of a client.
const maxRedirects = 20

// Create registers a program of an organization. A confidential one gets a
// secret, which is never shown again; others prove to be who began by PKCE
// only.
func (c *Clients) Create(ctx context.Context, orgID, name string, redirects []string, confidential bool) (models.OAuthClient, string, error) {
	if _, err := auth.Require(ctx, auth.IAMWrite); err != nil {
		return models.OAuthClient{}, "", err
	}
	client := models.OAuthClient{OrgID: orgID, Name: strings.TrimSpace(name), RedirectURIs: redirects, CreatedAt: c.moment()}
	if err := checkClient(client); err != nil {
		return models.OAuthClient{}, "", err
	}
	secret := ""
	if confidential {
		secret = auth.NewSecret()
		client.SecretHash = auth.HashSecret(secret)
	}
	err := c.withNewID(func(id string) error {
		client.ID = id
		return c.store.Tx(ctx, func(st *store.Store) error {
			if _, err := st.Org(ctx, orgID); err != nil {
				return err
			}
			if err := st.CreateOAuthClient(ctx, client); err != nil {
				return err
			}
			return c.clientEvent(ctx, st, client, models.EventClientCreated)
		})
	})
	if err != nil {
		return models.OAuthClient{}, "", err
	}
	c.changed(ctx, "client created", "client_id", client.ID, "org_id", orgID)
	return client, secret, nil
}

func checkClient(c models.OAuthClient) error {
	if n := utf8.RuneCountInString(c.Name); n < 1 || n > models.MaxNameLength {
		return models.Invalid(models.RuleClientInvalid, "name", "The name of a client must have 1 to 200 characters.")
	}
	if n := len(c.RedirectURIs); n < 1 || n > maxRedirects {
		return models.Invalid(models.RuleClientInvalid, "redirectUris", "A client needs 1 to 20 addresses it may be sent back to.")
	}
	for _, address := range c.RedirectURIs {
		u, err := url.Parse(address)
		if err != nil || u.Scheme == "" || u.Fragment != "" || u.User != nil || dangerous(u.Scheme) ||
			(u.Scheme == "http" || u.Scheme == "https") && u.Hostname() == "" {
			return models.Invalid(models.RuleClientInvalid, "redirectUris", "This is not an address that a client may be sent back to: "+address)
		}
	}
	return nil
}

// dangerous reports whether a browser would run or show what an address of the
// scheme holds, instead of handing it to a program.
func dangerous(scheme string) bool {
	switch scheme {
	case "javascript", "data", "vbscript", "blob", "file", "about":
		return true
	}
	return false
}

// List returns the clients of an organization, the oldest first.
func (c *Clients) List(ctx context.Context, orgID string) ([]models.OAuthClient, error) {
	if _, err := auth.Require(ctx, auth.IAMRead); err != nil {
		return nil, err
	}
	return c.store.OAuthClients(ctx, orgID)
}

// Delete removes a client; what it was given ends at once.
func (c *Clients) Delete(ctx context.Context, id string) error {
	if _, err := auth.Require(ctx, auth.IAMWrite); err != nil {
		return err
	}
	client, err := c.store.OAuthClient(ctx, id)
	if err != nil {
		return err
	}
	err = c.store.Tx(ctx, func(st *store.Store) error {
		if err := st.DeleteOAuthClient(ctx, id); err != nil {
			return err
		}
		return c.clientEvent(ctx, st, client, models.EventClientDeleted)
	})
	if err != nil {
		return err
	}
	c.changed(ctx, "client deleted", "client_id", id, "org_id", client.OrgID)
	return nil
}

func (c *Clients) clientEvent(ctx context.Context, st *store.Store, client models.OAuthClient, event models.EventType) error {
	sequence, err := st.NextOrgSequence(ctx, client.OrgID)
	if err != nil {
		return err
	}
	what := map[string]any{"id": client.ID, "name": client.Name, "redirectUris": client.RedirectURIs}
	before, after := any(nil), any(what)
	if event == models.EventClientDeleted {
		before, after = what, nil
	}
	return record(ctx, st, orgEvent(client.OrgID, sequence, event, c.moment()), before, after)
}
