package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"flowbench/models"
	"flowbench/script"
)

// checkAnswer lists what is wrong with a script.
type checkAnswer struct {
	Problems []script.Problem `json:"problems"`
}

func (a *app) checkCommand() *cobra.Command {
	var f scriptFlags
	cmd := &cobra.Command{Use: "check FILE.js", Short: "Parse and lint a script without running it.", Args: cobra.ExactArgs(1),
		RunE: a.act(func(cmd *cobra.Command, args []string) error { return a.checkScript(cmd.Context(), f, args[0]) })}
	f.add(cmd)
	return cmd
}

func (a *app) checkScript(ctx context.Context, f scriptFlags, file string) error {
	text, err := f.load(file)
	if err != nil {
		return err
	}
	engine, err := a.engine()
	if err != nil {
		return err
	}
	defer engine.Close()
	result, err := engine.Check(ctx, script.CheckRequest{Name: f.name, Script: text, Trigger: models.Slug(f.trigger)})
	if err != nil {
		return err
	}
	answer := checkAnswer{Problems: append([]script.Problem{}, result.Problems...)}
	if err := a.print(answer, func() { a.showProblems(file, answer.Problems) }); err != nil {
		return err
	}
	if len(answer.Problems) > 0 {
		return errSilent
	}
	return nil
}

// showProblems writes one line per problem in the form that editors know.
func (a *app) showProblems(file string, problems []script.Problem) {
	for _, p := range problems {
		severity := strings.ToLower(strings.TrimPrefix(string(p.Severity), "SEVERITY_"))
		a.line("%s:%d:%d: %s: %s (%s)", file, p.Line, p.Column, severity, p.Message, p.Rule)
	}
	if len(problems) == 0 {
		a.line("%s: no problems", file)
	}
}
