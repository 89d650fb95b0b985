package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"flowbench/services"
)

// newClient is the one answer that carries a client's secret.
type newClient struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret,omitempty"`
}

// clientAnswer is a client in a list.
type clientAnswer struct {
	ClientID     string   `json:"clientId"`
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirectUris"`
	Public       bool     `json:"public"`
}

func (a *app) clientCommand() *cobra.Command {
	return group("client", "Programs that people may let act for them: create, list, delete.", a.clientCreate(), a.clientList(), a.clientDelete())
}

func (a *app) clientCreate() *cobra.Command {
	var org, name string
	var redirects []string
	var confidential bool
	cmd := &cobra.Command{Use: "create", Short: "Register a program; a confidential one gets a secret, shown this once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			client, secret, err := s.Clients.Create(ctx, org, name, redirects, confidential)
			if err != nil {
				return err
			}
			return a.print(newClient{client.ID, secret}, func() { a.line("%s", strings.TrimSpace(client.ID+" "+secret)) })
		})}
	flags := cmd.Flags()
	flags.StringVar(&org, "org", "", "Id of the organization the program belongs to.")
	flags.StringVar(&name, "name", "", "Name that people see when they are asked.")
	flags.StringArrayVar(&redirects, "redirect-uri", nil, "Address the browser goes back to; may be given several times.")
	flags.BoolVar(&confidential, "confidential", false, "The program runs on a server and can keep a secret.")
	return require(cmd, "org", "name", "redirect-uri")
}

func (a *app) clientList() *cobra.Command {
	var org string
	cmd := &cobra.Command{Use: "list", Short: "List the programs of an organization.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			clients, err := s.Clients.List(ctx, org)
			if err != nil {
				return err
			}
			answer := make([]clientAnswer, len(clients))
			rows := make([][]string, len(clients))
			for i, c := range clients {
				answer[i] = clientAnswer{c.ID, c.Name, c.RedirectURIs, c.Public()}
				rows[i] = []string{c.ID, c.Name, strings.Join(c.RedirectURIs, " ")}
			}
			return a.print(answer, func() { a.table([]string{"ID", "NAME", "ADDRESSES"}, rows) })
		})}
	cmd.Flags().StringVar(&org, "org", "", "Id of the organization.")
	return require(cmd, "org")
}

func (a *app) clientDelete() *cobra.Command {
	var id string
	cmd := &cobra.Command{Use: "delete", Short: "Remove a program; its tokens end at once.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if err := s.Clients.Delete(ctx, id); err != nil {
				return err
			}
			return a.print(map[string]string{"clientId": id}, func() { a.line("%s is deleted", id) })
		})}
	cmd.Flags().StringVar(&id, "id", "", "Id of the program.")
	return require(cmd, "id")
}
