// Package api is the wire: ZITADEL's Management API v1 for actions and flows
// and Flowbench's own API, each method implemented once and served as JSON,
// gRPC and gRPC-Web.
//
// It owns the protobuf files and what is generated from them, the conversion
// between messages and models, the table of errors with their ids and texts,
// and the order of checks that every call passes. It must not know the
// database, pages or sessions: a call is decided by its bearer token alone,
// which is what makes the open CORS rule safe.
package api

//go:generate go run ./gen
