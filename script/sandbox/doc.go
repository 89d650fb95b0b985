// Package sandbox takes away from the calling process what a script must never
// have: files, network, programs, memory beyond a bound. There is no way back,
// so only a process that runs scripts calls it.
//
// Layers are independent of each other: where the platform lacks one, the
// others hold, and Close says which are on.
package sandbox
