// Command gen writes the declaration files and the generated part of
// docs/scripting.md. It runs in script/types.
package main

import (
	"fmt"
	"os"

	"flowbench/models"
	"flowbench/script/types"
)

const manual = "../../docs/scripting.md"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	for _, t := range models.Triggers() {
		if err := os.WriteFile(string(t.Slug)+".d.ts", []byte(types.Declarations(t.Slug)), 0o644); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(manual)
	if err != nil {
		return err
	}
	spliced, err := types.Splice(string(text))
	if err != nil {
		return err
	}
	return os.WriteFile(manual, []byte(spliced), 0o644)
}
