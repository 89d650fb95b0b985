package main

import (
	"github.com/spf13/cobra"
)

// root is the command without further words, which serves.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "flowbench",
		Short:             "Write, test and run ZITADEL-compatible actions and flows.",
		Long:              "Flowbench serves a console and the ZITADEL Management API for actions and flows.\nWithout a command it serves.",
		Args:              cobra.NoArgs,
		RunE:              a.act(a.serve),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	addSettings(root.PersistentFlags(), true)
	addSettings(root.Flags(), false)
	root.PersistentFlags().BoolVar(&a.json, "json", false, "Write one JSON value to standard output and nothing else.")
	root.AddCommand(a.serveCommand(), a.orgCommand(), a.userCommand(), a.memberCommand(), a.tokenCommand(), a.keyCommand(), a.secretCommand(), a.clientCommand(),
		a.runCommand(), a.checkCommand(), a.testCommand(), a.versionCommand())
	return root
}

// group is a command that only holds others; called without one of them it is
// wrong usage.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return usage("", "%s needs one of its commands", cmd.CommandPath())
	}}
	g.AddCommand(commands...)
	return g
}
