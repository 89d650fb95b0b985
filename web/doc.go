// Package web is the server: it opens the store, connects use cases, engine,
// console and API, and listens.
//
// New wires everything, routes.go is the only table of console routes and of
// who may use them, middleware.go holds what happens around every request, and
// Serve listens on one port for HTTP/1 and HTTP/2 and stops in the order that
// loses nothing. A test of this package holds the dependency rule of the whole
// repository.
package web
