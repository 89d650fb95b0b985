// Package runs draws runs: the result of one run, which is the same component
// wherever it appears, the list of runs and the page of one run.
//
// Everything it shows arrives in its props; it fetches nothing and decides
// nothing.
package runs
