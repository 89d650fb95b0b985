// Package vm runs one action in one fresh JavaScript runtime and keeps the
// state of the chain it belongs to.
//
// The way of a run: EncodeContext turns the context of a trigger into compact
// bytes; NewState makes the state of a chain from them; a Runner runs one Job
// after the other on that state. Everything a script changes is an Op, applied
// to the runner's state at once and handed to the Host at the same moment, so
// whoever watches can apply the same Op to a state of its own and knows at any
// time what the script has done so far, also when the runner's process is
// killed. Finish turns the state into what the surrounding operation would do.
//
// The package knows nothing of processes, networks or databases: requests are
// answered by the Host.
package vm
