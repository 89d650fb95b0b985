package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"flowbench/auth"
	"flowbench/services"
	"flowbench/store"
)

// operate makes the RunE of a command that works on the database. The operator
// may do anything in the organization that --org names, or on the instance.
func (a *app) operate(work func(context.Context, *services.Services) error) func(*cobra.Command, []string) error {
	return a.act(func(cmd *cobra.Command, _ []string) error {
		st, err := store.Open(cmd.Context(), a.config.Database)
		if err != nil {
			return a.databaseError(err)
		}
		org := ""
		if f := cmd.Flags().Lookup("org"); f != nil {
			org = f.Value.String()
		}
		ctx := auth.WithPrincipal(cmd.Context(), auth.Operator(org))
		options := services.Options{ScriptLimit: a.config.ScriptLimit, Log: a.commandLog()}
		err = work(ctx, services.New(st, nil, options))
		return errors.Join(err, st.Close())
	})
}

// databaseError says which database could not be opened; the password in its
// address stays out of it.
func (a *app) databaseError(err error) error {
	return fmt.Errorf("the database %s cannot be opened: %w", a.config.DatabaseName(), err)
}

// commandLog is the log of a command that is not the server: warnings, unless
// more was asked for.
func (a *app) commandLog() *slog.Logger {
	level := slog.LevelWarn
	if a.config.Level() != slog.LevelInfo {
		level = a.config.Level()
	}
	return slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
}

// require marks flags that must be given.
func require(cmd *cobra.Command, names ...string) *cobra.Command {
	for _, name := range names {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // a name that the command does not have
		}
	}
	return cmd
}
