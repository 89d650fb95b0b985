// Package types turns the table of triggers (package vm) into what authors of
// scripts read: a declaration file per trigger for type checkers, the list of
// completions, and the reference in docs/scripting.md. All three are generated
// (go generate ./script/types) and checked in; a test compares them with the
// table.
package types

//go:generate go run ./gen
