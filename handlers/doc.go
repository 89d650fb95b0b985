// Package handlers answers the requests of the console: a request in, a page, a
// part of a page or a redirect out. It knows no rules, no SQL and writes no
// HTML.
//
// All pages share a Console. A noun has its own type around it, in a file of
// the noun's name, and every handler returns an error:
//
//	type Flows struct{ *Console }
//
//	func (h Flows) Show(c *gin.Context) error {
//		board, err := h.Services.Flows.All(c.Request.Context())
//		if err != nil {
//			return err // becomes the fitting fault page
//		}
//		shell := h.Shell(c, layout.Flows, "")
//		props := flows.BoardProps{…}
//		return h.Answer(c, http.StatusOK, flows.Board(shell, props), flows.Lanes(shell, props))
//	}
//
// Answer sends the first component as a page, or the second one alone if the
// request carries X-Fragment. A form that is not right is answered with status
// 422 and the same component, its messages made by Faults; everything went well
// is h.Redirect(c, address, flash). Bind reads a form into a struct with form
// tags. Inside an organization the context carries the principal, so services
// are called with c.Request.Context() and nothing else.
//
// The routes, and who may use them, are one table in package web.
package handlers
