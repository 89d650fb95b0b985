package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"flowbench/auth"
	"flowbench/script"
	"flowbench/services"
	"flowbench/store"
	"flowbench/web"
)

// work is what a command does with the use cases.
type work func(context.Context, *services.Services) error

// operate makes the RunE of a command that works on the database. The operator
// may do anything in the organization that --org names, or on the instance.
func (a *app) operate(do work) func(*cobra.Command, []string) error {
	return a.act(func(cmd *cobra.Command, _ []string) error { return a.onDatabase(cmd, nil, do) })
}

// execute is operate for a command that also runs scripts.
func (a *app) execute(do work) func(*cobra.Command, []string) error {
	return a.act(func(cmd *cobra.Command, _ []string) error {
		engine, err := a.engine()
		if err != nil {
			return err
		}
		return errors.Join(a.onDatabase(cmd, engine, do), engine.Close())
	})
}

func (a *app) onDatabase(cmd *cobra.Command, engine script.Engine, do work) error {
	st, err := store.Open(cmd.Context(), a.config.Database)
	if err != nil {
		return a.databaseError(err)
	}
	org := ""
	if f := cmd.Flags().Lookup("org"); f != nil {
		org = f.Value.String()
	}
	ctx := auth.WithPrincipal(cmd.Context(), auth.Operator(org))
	options := services.Options{ScriptLimit: a.config.ScriptLimit, Log: a.commandLog(), SecretKey: web.SecretKey(a.config)}
	return errors.Join(do(ctx, services.New(st, engine, options)), st.Close())
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
