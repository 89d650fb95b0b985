package main

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"flowbench/config"
)

// common are the settings that every command takes.
var common = []string{"database", "log-level"}

// value is a flag whose text config reads; only the command line itself is
// pflag's business.
type value struct {
	text string
	kind string
}

// String returns the text.
func (v *value) String() string { return v.text }

// Set keeps the text.
func (v *value) Set(text string) error { v.text = text; return nil }

// Type returns what help shows behind the flag.
func (v *value) Type() string { return v.kind }

// addSettings adds a flag for each setting that is, or is not, a common one.
func addSettings(flags *pflag.FlagSet, wantCommon bool) {
	for _, s := range config.Settings() {
		if slices.Contains(common, s.Name) != wantCommon {
			continue
		}
		v := &value{s.Default, "value"}
		if s.Switch {
			v.kind = "bool"
		}
		f := flags.VarPF(v, s.Name, "", s.Usage+" ("+s.Env+")")
		if s.Switch {
			f.NoOptDefVal = "true"
		}
	}
}

// configure reads flags and environment into the configuration.
func (a *app) configure(cmd *cobra.Command) error {
	known := map[string]bool{}
	for _, s := range config.Settings() {
		known[s.Name] = true
	}
	given := map[string]string{}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if known[f.Name] {
			given[f.Name] = f.Value.String()
		}
	})
	var err error
	a.config, err = config.Parse(given, a.lookup)
	return err
}
