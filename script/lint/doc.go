// Package lint parses a script and looks for what would fail, or would run
// but not do what it says, at a given trigger.
//
// It resolves expressions against the table of triggers (package vm), so that
// a rule speaks about ctx.v1.user.grants also when the script calls it list.
// What cannot be resolved is never reported: a false alarm costs more trust
// than a missed mistake. Parsing a foreign source may take long (nested arrow
// parameters) or a lot of memory, so this runs in a worker process only.
package lint
