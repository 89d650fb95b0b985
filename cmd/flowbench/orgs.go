package main

import (
	"context"

	"github.com/spf13/cobra"

	"flowbench/models"
	"flowbench/services"
)

// orgAnswer is an organization in the answer of a command.
type orgAnswer struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (a *app) orgCommand() *cobra.Command {
	return group("org", "Organizations: create, list.", a.orgCreate(), a.orgList())
}

func (a *app) orgCreate() *cobra.Command {
	var name string
	cmd := &cobra.Command{Use: "create", Short: "Create an organization.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			org, err := s.Orgs.Create(ctx, name)
			if err != nil {
				return err
			}
			return a.print(orgOf(org), func() { a.line("%s", org.ID) })
		})}
	cmd.Flags().StringVar(&name, "name", "", "Name of the organization, unique in the instance.")
	return require(cmd, "name")
}

func (a *app) orgList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List all organizations.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			orgs, err := s.Orgs.List(ctx)
			if err != nil {
				return err
			}
			answer := make([]orgAnswer, len(orgs))
			rows := make([][]string, len(orgs))
			for i, org := range orgs {
				answer[i], rows[i] = orgOf(org), []string{org.ID, org.Name}
			}
			return a.print(answer, func() { a.table([]string{"ID", "NAME"}, rows) })
		})}
}

func orgOf(org models.Org) orgAnswer { return orgAnswer{org.ID, org.Name} }
