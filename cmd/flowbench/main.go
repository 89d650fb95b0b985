package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"flowbench/script/worker"
)

func main() {
	worker.Enter()
	ctx, stop := signals()
	defer stop()
	a := &app{out: os.Stdout, err: os.Stderr, lookup: os.LookupEnv}
	os.Exit(a.run(ctx, os.Args[1:]))
}

// signals returns a context that ends with the first signal to stop. From then
// on signals have their usual effect again, so that a second one exits at once.
func signals() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
