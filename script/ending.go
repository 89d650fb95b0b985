package script

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"flowbench/models"
	"flowbench/script/wire"
)

// ending says how a run ended whose worker went away.
func (e *engine) ending(x *exchange, limit time.Duration, cause error) models.Outcome {
	switch x.reason() {
	case endTimeout:
		return timeoutOutcome(limit)
	case endCancel:
		return models.Outcome{Kind: models.OutcomeCancelled, Message: "The run was cancelled."}
	case endFlood:
		return models.Outcome{Kind: models.OutcomeMemory, Message: "The script did more than a run may hand over: " + cause.Error() + "."}
	}
	return e.crash(x.p, limit, cause)
}

func timeoutOutcome(limit time.Duration) models.Outcome {
	return models.Outcome{Kind: models.OutcomeTimeout, Message: fmt.Sprintf("The time limit of %s was reached (killed).", limit)}
}

// crash tells the ways apart in which a worker ends itself, by its exit code
// and by what the Go runtime wrote last.
func (e *engine) crash(p *process, limit time.Duration, cause error) models.Outcome {
	text := p.stderr.String()
	e.opts.Log.Debug("script worker ended itself", "exit", p.cmd.ProcessState.String(), "cause", cause, "stderr", text)
	switch code := p.cmd.ProcessState.ExitCode(); {
	case code == wire.ExitTimeout:
		return timeoutOutcome(limit)
	case code == wire.ExitMemory:
		return memoryOutcome(e.opts.SoftMemory)
	case isRecursion(text):
		return models.Outcome{Kind: models.OutcomeRecursion, Message: "The script called itself too deeply (worker's stack limit)."}
	case isMemory(text):
		return models.Outcome{Kind: models.OutcomeMemory, Message: "The script needed more memory than its worker may have."}
	}
	e.opts.Log.Warn("script worker crashed", "exit", p.cmd.ProcessState.String(), "stderr", text)
	return models.Outcome{Kind: models.OutcomeCrashed, Message: "The worker that ran the script ended unexpectedly (" + p.cmd.ProcessState.String() + ")."}
}

func memoryOutcome(limit uint64) models.Outcome {
	return models.Outcome{Kind: models.OutcomeMemory, Message: fmt.Sprintf("The memory limit of %d MiB was reached (killed).", limit>>20)}
}

// isRecursion recognizes a stack that grew too far: by its own limit, or by
// having no memory left to grow into.
func isRecursion(stderr string) bool {
	return anyOf(stderr, "goroutine stack exceeds", "stack overflow", "runtime.newstack", "runtime.copystack", "runtime.stackalloc")
}

func isMemory(stderr string) bool {
	return anyOf(stderr, "out of memory", "cannot allocate memory", "failed to allocate", "failed to reserve", "failed to create new OS thread",
		"makeslice: len out of range", "makeslice: cap out of range", "growslice: len out of range", "runtime: cannot map pages")
}

func anyOf(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func busyText(err error, queue int) string {
	if errors.Is(err, errFull) {
		return fmt.Sprintf("All script workers are busy and no more runs may wait (%d waiting).", queue)
	}
	return fmt.Sprintf("No script worker became free before the run's time limit (%d waiting).", queue)
}
