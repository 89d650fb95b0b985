// Package rest serves unary protobuf methods as JSON over HTTP, by the
// google.api.http rules in their descriptors and with the JSON semantics of
// ZITADEL's gateway.
//
// It owns decoding, routing errors, headers and the JSON form of errors. It
// must not know what a method does: authentication and everything after it is
// the Invoke function that the caller passes in.
package rest
