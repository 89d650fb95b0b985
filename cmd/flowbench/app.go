package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"flowbench/config"
	"flowbench/models"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// app is one call of the program: where it writes, what it was told.
type app struct {
	out    io.Writer
	err    io.Writer
	lookup func(string) (string, bool)
	json   bool
	config config.Config
}

// failure marks an error of the work itself, as opposed to one of usage.
type failure struct{ error }

// Unwrap returns the error of the work.
func (f failure) Unwrap() error { return f.error }

// errSilent ends a command whose output has said already what is wrong.
var errSilent = failure{errors.New("")}

// run runs the command that args name and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteContextC(ctx)
	code := exitCode(err)
	if err != nil && !errors.Is(err, errSilent) {
		a.explain(cmd, err, code)
	}
	return code
}

func exitCode(err error) int {
	var failed failure
	switch {
	case err == nil:
		return exitDone
	case !errors.As(err, &failed), models.KindOf(err) == models.KindInvalid:
		return exitUsage
	default:
		return exitFailed
	}
}

// explain says on standard error why the command did not do its work.
func (a *app) explain(cmd *cobra.Command, err error, code int) {
	var faults config.Faults
	var failed failure
	switch {
	case errors.As(err, &faults):
		fmt.Fprintf(a.err, "flowbench: the configuration is not valid:\n  %s\n", strings.Join(faults, "\n  "))
	case code == exitUsage && !errors.As(err, &failed):
		fmt.Fprintf(a.err, "flowbench: %s\nRun '%s --help' for usage.\n", sentence(err), cmd.CommandPath())
	default:
		fmt.Fprintf(a.err, "flowbench: %s\n", sentence(err))
	}
}

// sentence makes one line of the text of an error, without what it says twice.
func sentence(err error) string {
	var parts []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimRight(line, ".\n"); !slices.ContainsFunc(parts, func(p string) bool { return strings.HasSuffix(p, line) }) {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, "; ") + "."
}

// act makes the RunE of a command: it reads the configuration and marks what
// the work returns as a failure.
func (a *app) act(work func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.configure(cmd); err != nil {
			return err
		}
		if err := work(cmd, args); err != nil {
			return failure{err}
		}
		return nil
	}
}

// usage is an error of wrong usage that only the work could notice; it is not
// a failure although the work returns it.
func usage(field, format string, args ...any) error {
	return &models.Error{Kind: models.KindInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}
