package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"syscall"

	"github.com/spf13/cobra"

	"flowbench/services"
	"flowbench/web"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: "Serve the console and the API; the default.", Args: cobra.NoArgs, RunE: a.act(a.serve)}
	addSettings(cmd.Flags(), false)
	return cmd
}

// serve listens first, so that a taken port changes nothing in the database and
// the address that is printed is the real one.
func (a *app) serve(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	listener, err := a.listen(ctx)
	if err != nil {
		return err
	}
	defer listener.Close()
	a.config.ExternalURL = a.config.BaseURL(listener.Addr().String())
	log := a.serverLog()
	slog.SetDefault(log) // the OAuth library knows no other log
	server, err := web.New(a.config, log)
	if err != nil {
		return fmt.Errorf("the server cannot start: %w", err)
	}
	defer server.Close()
	if err := a.greet(ctx, server.Services()); err != nil {
		return err
	}
	return server.Serve(ctx, listener)
}

// listen takes the port, or says in one sentence why it cannot.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.config.Listen)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; choose another address with --listen", a.config.Listen)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("listening on %s is not permitted; choose a port above 1023 with --listen", a.config.Listen)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", a.config.Listen, err)
	}
	return listener, nil
}

// greeting is what serve prints: where it is, and on the first start how to
// begin.
type greeting struct {
	Address  string `json:"address"`
	Setup    string `json:"setup,omitempty"`
	Name     string `json:"name,omitempty"`
	Password string `json:"password,omitempty"`
}

// greet prepares the first start and prints the address.
func (a *app) greet(ctx context.Context, s *services.Services) error {
	g := greeting{Address: a.config.ExternalURL}
	if a.config.Demo {
		signIn, err := s.Demo(ctx)
		if err != nil {
			return err
		}
		g.Name, g.Password = signIn.Name, signIn.Password
	}
	code, err := s.Sessions.SetupCode(ctx)
	if err != nil {
		return err
	}
	if code != "" {
		g.Setup = g.Address + "/setup?code=" + code
	}
	return a.print(g, func() { a.showGreeting(g) })
}

func (a *app) showGreeting(g greeting) {
	a.line("Flowbench is listening on %s", g.Address)
	if g.Setup != "" {
		a.line("Create the first administrator, once: %s", g.Setup)
	}
	if g.Password != "" {
		a.line("Sign in to the example as %s with the password %s", g.Name, g.Password)
	}
}

// serverLog is the log of the server in the form that was asked for.
func (a *app) serverLog() *slog.Logger {
	options := &slog.HandlerOptions{Level: a.config.Level()}
	if a.config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.err, options))
	}
	return slog.New(slog.NewTextHandler(a.err, options))
}
