// Package help renders the documents and the reference of the API inside the
// console, so that both can be read without a network.
package help
