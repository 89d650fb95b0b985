package services

import "flowbench/script"

// What callers fill in for the engine, by the names of this package, so that
// they need not know the engine itself.
type (
	// HTTPOptions decides how requests of a script are answered.
	HTTPOptions = script.HTTPOptions
	// HTTPMode says who answers them.
	HTTPMode = script.HTTPMode
	// Stub is a prepared answer.
	Stub = script.Stub
	// CheckRequest asks for the problems of one script.
	CheckRequest = script.CheckRequest
)
