// Package services holds the use cases of Flowbench. Page, JSON, gRPC and
// command line call the same methods.
//
// Every method requires its permission, loads, asks the model, writes in one
// transaction together with the event row, and logs one line per change. The
// package knows nothing of HTTP, of pages or of the wire.
package services
