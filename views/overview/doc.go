// Package overview draws the first page of an organization: is everything
// fine, and what to do next.
package overview
