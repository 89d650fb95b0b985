// Package worker is the process that runs scripts: the same binary, started
// again in a hidden mode. It closes its sandbox, says that it is ready, and
// then runs one chain after the other, each action in a fresh runtime.
//
// It trusts the server and nothing that comes from a script. It must not know
// of databases, settings or requests.
package worker
