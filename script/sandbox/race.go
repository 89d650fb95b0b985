//go:build race

package sandbox

// raceFactor makes room for the race detector's shadow of the heap.
const raceFactor = 8
