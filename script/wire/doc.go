// Package wire is the language between the server and a process that runs
// scripts: length-prefixed frames on one socket pair, and the compact form of
// what they carry.
//
// A frame is four bytes of length (little endian, of what follows), one byte
// of Kind and a payload. Numbers are variable-length, texts and bytes have
// their length in front. Both ends are the same binary, so there are no
// versions.
//
//	worker             server
//	Ready        →                  once, after the sandbox is closed
//	             ←     Chain        the actions of one trigger
//	Begun        →                  loading of an action begins
//	Called       →                  its function is called: second limit
//	Effect, Log  →                  as they happen
//	Fetch        →
//	             ←     Fetched
//	Done         →                  the action's outcome; then the next Begun
//	End          →                  the worker is free again
//	             ←     Check
//	Checked      →
//
// The package knows the shapes of script/vm and models, and nothing of
// processes.
package wire
