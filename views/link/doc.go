// Package link builds every address of the console, for templates, redirects
// and tests alike. It knows nothing of handlers; a test of package web checks
// that each address has a route.
//
// The organization is part of the address: link.Org("311").Actions().
package link
