// Package config is everything an operator can set: one struct, whose fields
// each have a command-line flag, an environment variable and a default.
//
// It imports the standard library only and knows nothing of what the values
// are used for. The table in README.md is made from the struct; run
// "go generate ./config" after a change.
package config

//go:generate go test -run TestREADMETableIsCurrent -update .
