package main

import (
	"context"

	"github.com/spf13/cobra"

	"flowbench/models"
	"flowbench/services"
)

// userAnswer is a user in the answer of a command.
type userAnswer struct {
	ID   string          `json:"id"`
	Name string          `json:"name"`
	Type models.UserType `json:"type"`
}

func (a *app) userCommand() *cobra.Command {
	return group("user", "Users, people and programs: create, list.", a.userCreate(), a.userList())
}

func (a *app) userCreate() *cobra.Command {
	var (
		u              models.User
		human, machine bool
	)
	cmd := &cobra.Command{Use: "create", Short: "Create a user; people also need --email.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if human && u.Email == "" {
				return usage("email", "a person needs --email")
			}
			u.Type = models.UserMachine
			if human {
				u.Type = models.UserHuman
			}
			created, err := s.Users.Create(ctx, u, "")
			if err != nil {
				return err
			}
			return a.print(userOf(created), func() { a.line("%s", created.ID) })
		})}
	flags := cmd.Flags()
	flags.StringVar(&u.OrgID, "org", "", "Id of the organization the user belongs to.")
	flags.StringVar(&u.Name, "name", "", "Name for signing in, unique in the instance.")
	flags.BoolVar(&human, "human", false, "The user is a person.")
	flags.BoolVar(&machine, "machine", false, "The user is a program, which uses tokens.")
	flags.StringVar(&u.Email, "email", "", "E-mail address of a person.")
	cmd.MarkFlagsOneRequired("human", "machine")
	cmd.MarkFlagsMutuallyExclusive("human", "machine")
	return require(cmd, "org", "name")
}

func (a *app) userList() *cobra.Command {
	var org string
	cmd := &cobra.Command{Use: "list", Short: "List the users of an organization.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if _, err := s.Orgs.Get(ctx, org); err != nil {
				return err
			}
			users, err := s.Users.List(ctx, org)
			if err != nil {
				return err
			}
			answer := make([]userAnswer, len(users))
			rows := make([][]string, len(users))
			for i, u := range users {
				answer[i], rows[i] = userOf(u), []string{u.ID, u.Name, string(u.Type), u.Email}
			}
			return a.print(answer, func() { a.table([]string{"ID", "NAME", "TYPE", "E-MAIL"}, rows) })
		})}
	cmd.Flags().StringVar(&org, "org", "", "Id of the organization.")
	return require(cmd, "org")
}

func userOf(u models.User) userAnswer { return userAnswer{u.ID, u.Name, u.Type} }
