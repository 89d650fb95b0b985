// Package script is the engine: a chain of scripts and an event go in, effects,
// logs and outcomes come out. Whatever a script does, the server lives on and
// the caller gets an outcome shortly after the action's limit.
//
// # How a run travels
//
// A caller hands a ChainRequest to RunChain: the actions of one trigger, and a
// context in JSON. The context is checked and put into a compact form (package
// vm, EncodeContext), in which a script's process decodes only what the script
// reads. The chain then asks its lane for a worker. There are two lanes, one
// for flows and one for test runs and checks, so that neither takes the other's
// workers; within a lane no organization holds them all, and a waiting chain
// gives up as "busy" when its own limit is over.
//
// A worker is this binary once more, started in a hidden mode (worker.Enter),
// with a closed sandbox (package sandbox): no files, no network, no programs, a
// bound on memory. It shares a socket pair with the server, and a mailbox of
// shared memory. The whole chain goes to it in one message (package wire). The
// worker runs one action after the other, each in a fresh runtime (package vm),
// on a state that carries what the earlier ones did. There is no reuse of
// runtimes: what a script leaves behind dies with its run. Only compiled
// programs are kept, by the hash of their source.
//
// What a script does comes back as operations in the order made. They stand in
// the mailbox at once and cross the socket with the next frame that cannot
// wait, or a millisecond later. The server applies each to a state of its own,
// which is how it knows before and after, tells who watches, and loses nothing
// when a worker dies. Requests of zitadel/http are answered by the server, from
// recorded stubs or through a transport that judges names first and addresses
// when they are dialled.
//
// # How a run ends
//
// Inside the worker a watch interrupts the runtime at the limit, or when the
// live heap passes its bound. Native code does not look at interrupts, so the
// server kills the worker 50 milliseconds after the limit; deep recursion and
// greed for memory end the process by themselves, and the exit code and the
// last lines of its standard error tell which it was. A worker whose run ended
// by time, memory or death is replaced. If the action was allowed to fail, the
// rest of the chain goes on in another worker, from the operations so far.
//
// Checks (syntax, lint, functions found) travel the same way with a limit of
// one second: the server never parses a foreign source.
//
// The package knows nothing of databases, users or the web.
package script
