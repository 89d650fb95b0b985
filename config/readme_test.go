package config_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"flowbench/config"
)

var update = flag.Bool("update", false, "rewrite the table in README.md")

const (
	readme     = "../README.md"
	tableStart = "<!-- settings: made by go generate ./config -->\n"
	tableEnd   = "<!-- settings end -->\n"
)

func TestREADMETableIsCurrent(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), tableStart)
	old, tail, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatalf("README.md lacks the lines around the table:\n%s%s", tableStart, tableEnd)
	}
	table := settingsTable()
	if *update {
		if err := os.WriteFile(readme, []byte(head+tableStart+table+tableEnd+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != table {
		t.Errorf("the table of settings in README.md is not that of the struct; run: go generate ./config")
	}
}

func settingsTable() string {
	var b strings.Builder
	b.WriteString("\n| Flag | Variable | Default | Meaning |\n| --- | --- | --- | --- |\n")
	for _, s := range config.Settings() {
		variable := "`" + s.Env + "`"
		if s.Secret {
			variable += ", or a file named by `" + s.Env + "_FILE`"
		}
		value := ""
		if s.Default != "" {
			value = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| `--%s` | %s | %s | %s |\n", s.Name, variable, value, strings.ReplaceAll(s.Usage, "|", `\|`))
	}
	b.WriteString("\n")
	return b.String()
}
