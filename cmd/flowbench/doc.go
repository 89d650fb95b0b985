// Command flowbench is the whole product in one binary: the server, which is
// what it runs without further words, and the commands of an operator.
//
// It parses, calls and prints; what a command does is in services and script.
// Exit codes: 0 done, 1 it failed, 2 wrong usage.
package main
