package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/services"
)

// testAnswer sums up a run of cases.
type testAnswer struct {
	Passed int                 `json:"passed"`
	Failed int                 `json:"failed"`
	Cases  []models.CaseResult `json:"cases"`
}

func (a *app) testCommand() *cobra.Command {
	var org, action, junit string
	cmd := &cobra.Command{Use: "test", Short: "Run the stored cases of actions.", Args: cobra.NoArgs,
		RunE: a.execute(func(ctx context.Context, s *services.Services) error {
			ctx, err := inOrg(ctx, s, org)
			if err != nil {
				return err
			}
			results, err := runCases(ctx, s, action)
			if err != nil {
				return err
			}
			return a.report(results, junit)
		})}
	cmd.Flags().StringVar(&org, "org", "", "Id of the organization; needed only when there are several.")
	cmd.Flags().StringVar(&action, "action", "", "Name of an action; without it, all cases run.")
	cmd.Flags().StringVar(&junit, "junit", "", "File to write the results to as JUnit XML.")
	return cmd
}

// inOrg makes the operator work in an organization: the one that is named, or
// the only one.
func inOrg(ctx context.Context, s *services.Services, id string) (context.Context, error) {
	if id != "" {
		_, err := s.Orgs.Get(ctx, id)
		return ctx, err
	}
	orgs, err := s.Orgs.List(ctx)
	if err != nil {
		return nil, err
	}
	if len(orgs) != 1 {
		return nil, usage("org", "there are %d organizations; name one with --org", len(orgs))
	}
	return auth.WithPrincipal(ctx, auth.Operator(orgs[0].ID)), nil
}

// runCases runs the cases of the named action, or all.
func runCases(ctx context.Context, s *services.Services, action string) ([]models.CaseResult, error) {
	if action == "" {
		return s.Cases.Run(ctx, services.RunCasesRequest{})
	}
	query := models.ActionQuery{Name: &models.ActionNameQuery{Name: action}}
	page, err := s.Actions.List(ctx, models.ActionFilter{Queries: []models.ActionQuery{query}})
	if err != nil {
		return nil, err
	}
	if len(page.Actions) == 0 {
		return nil, models.NotFound(models.RuleActionNotFound, "There is no action "+action+".")
	}
	return s.Cases.Run(ctx, services.RunCasesRequest{ActionID: page.Actions[0].ID})
}

// report prints the results; a failed case is a failure of the command.
func (a *app) report(results []models.CaseResult, junit string) error {
	answer := testAnswer{Cases: append([]models.CaseResult{}, results...)}
	for _, r := range results {
		if r.Passed {
			answer.Passed++
		} else {
			answer.Failed++
		}
	}
	if junit != "" {
		document, err := junitXML(answer)
		if err == nil {
			err = os.WriteFile(junit, document, 0o644)
		}
		if err != nil {
			return err
		}
	}
	err := a.print(answer, func() { a.showCases(answer) })
	if err == nil && answer.Failed > 0 {
		return errSilent
	}
	return err
}

func (a *app) showCases(t testAnswer) {
	for _, c := range t.Cases {
		word := "passed"
		if !c.Passed {
			word = "FAILED"
		}
		a.line("%s  %s: %s", word, subject(c), c.Name)
		for _, d := range c.Differences {
			a.line("        %s", d.Text)
		}
	}
	a.line("%d passed, %d failed", t.Passed, t.Failed)
}

// subject is what a case tests: an action or a journey.
func subject(c models.CaseResult) string {
	if c.Journey != "" {
		return "journey " + c.Journey
	}
	return c.ActionName
}
