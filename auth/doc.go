// Package auth answers who is calling and what they may do: principals,
// permissions, sessions, tokens and passwords.
//
// It knows models and nothing of the database, the wire or pages; what it
// needs from storage it declares as small interfaces.
package auth
