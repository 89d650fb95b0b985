package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"flowbench/config"
	"flowbench/models"
	"flowbench/script"
	"flowbench/web"
)

// scriptFlags are what the commands that take a script file share.
type scriptFlags struct {
	trigger string
	name    string
}

func (f *scriptFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.trigger, "trigger", "", "Trigger the script is meant for: "+strings.Join(slugs(), ", ")+".")
	cmd.Flags().StringVar(&f.name, "name", "", "Name of the action, which is that of its function; without it, the file's.")
	require(cmd, "trigger")
}

func slugs() []string {
	var list []string
	for _, t := range models.Triggers() {
		list = append(list, string(t.Slug))
	}
	return list
}

// load reads the script and settles name and trigger.
func (f *scriptFlags) load(file string) (text string, err error) {
	if !slices.Contains(slugs(), f.trigger) {
		return "", usage("trigger", "--trigger: %q is not one of %s", f.trigger, strings.Join(slugs(), ", "))
	}
	if f.name == "" {
		f.name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	}
	data, err := os.ReadFile(file)
	return string(data), err
}

// engine makes an engine for one run: a single process is enough.
func (a *app) engine() (script.Engine, error) {
	settings := a.config
	settings.Workers, settings.TestWorkers = 1, 1
	return web.NewEngine(settings, a.commandLog())
}

// runFlags are the flags of run.
type runFlags struct {
	scriptFlags
	context          string
	timeout          string
	tolerant, strict bool
	http             string
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{Use: "run FILE.js", Short: "Run a script once and show what it does; nothing is stored.", Args: cobra.ExactArgs(1),
		RunE: a.act(func(cmd *cobra.Command, args []string) error { return a.runScript(cmd.Context(), f, args[0]) })}
	f.add(cmd)
	cmd.Flags().StringVar(&f.context, "context", "", "JSON file with the context, {\"ctx\": {\"v1\": …}}; without it, the built-in sample of the trigger.")
	cmd.Flags().StringVar(&f.timeout, "timeout", "10s", "Limit of the function call, up to 20s.")
	cmd.Flags().BoolVar(&f.tolerant, "allowed-to-fail", false, "The action is allowed to fail.")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "Reproduce the reference runtime also where Flowbench differs on purpose.")
	cmd.Flags().StringVar(&f.http, "http", "stub", "Who answers zitadel/http: stub (nobody, without stubs) or real.")
	return cmd
}

// request makes the chain of one action that the flags describe.
func (f *runFlags) request(file string) (script.ChainRequest, error) {
	text, err := f.load(file)
	if err != nil {
		return script.ChainRequest{}, err
	}
	timeout, err := config.ParseDuration(f.timeout)
	if err != nil || timeout < 0 || timeout > models.MaxTimeout {
		return script.ChainRequest{}, usage("timeout", "--timeout: %q is not a duration up to 20s", f.timeout)
	}
	mode, ok := map[string]script.HTTPMode{"stub": script.HTTPStub, "real": script.HTTPReal}[f.http]
	if !ok {
		return script.ChainRequest{}, usage("http", "--http: %q is not stub or real", f.http)
	}
	var document json.RawMessage
	if f.context != "" {
		if document, err = os.ReadFile(f.context); err != nil {
			return script.ChainRequest{}, err
		}
	}
	action := script.Action{Name: f.name, Script: text, Timeout: timeout, AllowedToFail: f.tolerant}
	return script.ChainRequest{Trigger: models.Slug(f.trigger), Actions: []script.Action{action}, Context: document,
		HTTP: script.HTTPOptions{Mode: mode}, Strict: f.strict, Test: true}, nil
}

func (a *app) runScript(ctx context.Context, f runFlags, file string) error {
	request, err := f.request(file)
	if err != nil {
		return err
	}
	engine, err := a.engine()
	if err != nil {
		return err
	}
	defer engine.Close()
	chain, err := engine.RunChain(ctx, request)
	if err != nil {
		return err
	}
	result := chain.Runs[0]
	result.Source = models.RunSourceTest
	if err := a.print(result, func() { a.showRun(result) }); err != nil {
		return err
	}
	if !result.Outcome.OK() && !result.Tolerated {
		return errSilent
	}
	return nil
}

// showRun writes a run for people.
func (a *app) showRun(r models.RunResult) {
	total := r.Timing.Total.Duration().Round(10 * time.Microsecond)
	if r.Outcome.OK() {
		a.line("%s succeeded in %s.", r.Action.Name, total)
	} else {
		a.line("%s failed in %s: %s", r.Action.Name, total, r.Outcome.Message)
		if r.Outcome.Line > 0 {
			a.line("  line %d, column %d: %s", r.Outcome.Line, r.Outcome.Column, strings.TrimSpace(r.Outcome.Snippet))
		}
	}
	for _, e := range r.Effects {
		a.line("  line %d: %s %s -> %s", e.Line, e.Path, orNothing(e.Before), orNothing(e.After))
	}
	for _, l := range r.Log {
		a.line("  log %s %s", strings.ToLower(strings.TrimPrefix(string(l.Level), "LEVEL_")), l.Message)
	}
	for _, c := range r.HTTP {
		a.line("  http %s %s: %d", c.Method, c.URL, c.Status)
	}
}

func orNothing(value json.RawMessage) string {
	if len(value) == 0 || string(value) == "null" {
		return "(nothing)"
	}
	return string(value)
}
