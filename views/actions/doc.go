// Package actions draws the pages of actions: the list, the form for a new one
// with its gallery of examples, the editor with its test bench, versions, and
// the questions that come before something is lost.
//
// Everything it shows arrives in its props; it fetches nothing.
package actions
