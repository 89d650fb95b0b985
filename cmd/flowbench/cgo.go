//go:build !cgo

package main

// The SQLite driver is C. Without cgo it compiles to a stub that fails at run
// time, so the build fails here instead.
const _ = build_with_CGO_ENABLED_1_and_a_C_compiler
