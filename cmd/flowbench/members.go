package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"flowbench/services"
)

// instance is the scope of roles that hold in every organization.
const instance = "instance"

// memberAnswer says which roles a user has where.
type memberAnswer struct {
	User  string   `json:"user"`
	Scope string   `json:"scope"` // id of an organization, or "instance"
	Roles []string `json:"roles"`
}

// member holds the flags of the member commands.
type member struct {
	user, org string
	instance  bool
	roles     []string
}

func (a *app) memberCommand() *cobra.Command {
	return group("member", "Roles of users: set, remove.", a.memberSet(), a.memberRemove())
}

func (a *app) memberSet() *cobra.Command {
	var m member
	cmd := &cobra.Command{Use: "set", Short: "Give a user exactly these roles in one place.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			set, err := s.Members.Set(ctx, m.user, m.org, m.roles)
			if err != nil {
				return err
			}
			return a.member(m, set.Roles)
		})}
	m.flags(cmd)
	cmd.Flags().StringSliceVar(&m.roles, "role", nil, "Role, for example ORG_OWNER; may be given several times.")
	return require(cmd, "role")
}

func (a *app) memberRemove() *cobra.Command {
	var m member
	cmd := &cobra.Command{Use: "remove", Short: "Take all roles of a user in one place away.", Args: cobra.NoArgs,
		RunE: a.operate(func(ctx context.Context, s *services.Services) error {
			if err := s.Members.Remove(ctx, m.user, m.org); err != nil {
				return err
			}
			return a.member(m, []string{})
		})}
	m.flags(cmd)
	return cmd
}

func (m *member) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&m.user, "user", "", "Id of the user.")
	cmd.Flags().StringVar(&m.org, "org", "", "Id of the organization in which the roles hold.")
	cmd.Flags().BoolVar(&m.instance, instance, false, "The roles hold in every organization.")
	cmd.MarkFlagsOneRequired("org", instance)
	cmd.MarkFlagsMutuallyExclusive("org", instance)
	require(cmd, "user")
}

func (a *app) member(m member, roles []string) error {
	answer := memberAnswer{User: m.user, Scope: m.org, Roles: roles}
	if m.instance {
		answer.Scope = instance
	}
	return a.print(answer, func() { a.line("%s in %s: %s", answer.User, answer.Scope, strings.Join(roles, ", ")) })
}
