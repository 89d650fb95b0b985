package vm

import (
	"errors"
	"fmt"
	"strings"

	"flowbench/models"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// maxMessage bounds the text of an outcome.
const maxMessage = 8 << 10

// maxStack bounds the frames that an outcome lists.
const maxStack = 50

// hostError is a failure of a host function: its text is all that an uncaught
// one reports.
type hostError struct {
	kind models.OutcomeKind
	text string
}

func (e *hostError) Error() string { return e.text }

// stop ends a run past catch and finally, as panics of the reference's host
// functions do.
type stop struct {
	kind  models.OutcomeKind
	text  string
	stack []goja.StackFrame
}

func (s *stop) outcome(u *run) models.Outcome {
	o := models.Outcome{Kind: s.kind, Message: clip(s.text)}
	u.place(&o, s.stack)
	return o
}

// stop ends the run at once.
func (u *run) stop(kind models.OutcomeKind, text string) {
	u.stopped = &stop{kind: kind, text: text, stack: u.vm.CaptureCallStack(maxStack, nil)}
	panic(u.stopped)
}

// fail ends a host function: as an error that the script can catch, or past
// it where the reference is reproduced.
func (u *run) fail(kind models.OutcomeKind, text string) {
	if u.job.Strict {
		u.stop(kind, text)
	}
	panic(u.vm.NewGoError(&hostError{kind, text}))
}

// refuse ends a host function that was called in a wrong way.
func (u *run) refuse(text string) { u.fail(models.OutcomeHost, text) }

// limitReached is why a run was interrupted; its text is the one that the
// reference's interrupts carry.
type limitReached struct {
	kind models.OutcomeKind
	text string
}

func (l limitReached) String() string { return l.text }

// failed turns an error of the runtime into an outcome.
func (u *run) failed(err error) models.Outcome {
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	var exception *goja.Exception
	var host *hostError
	o := models.Outcome{Kind: models.OutcomeException, Message: clip(err.Error())}
	switch {
	case errors.As(err, &interrupted):
		o.Kind = models.OutcomeTimeout
		if l, ok := interrupted.Value().(limitReached); ok {
			o.Kind = l.kind
		}
		u.place(&o, interrupted.Stack())
	case errors.As(err, &overflow):
		o.Kind = models.OutcomeRecursion
		o.Message = clip("RangeError: Maximum call stack size exceeded" + overflow.Error())
		u.place(&o, overflow.Stack())
	case errors.As(err, &host):
		o.Kind, o.Message = host.kind, clip(host.text)
		if host.text == invalidModule && !u.called {
			o.Message = "GoError: " + invalidModule + " at require (native)"
		}
		if errors.As(err, &exception) {
			u.place(&o, exception.Stack())
		}
	case errors.As(err, &exception):
		u.place(&o, exception.Stack())
	default:
		o.Message = clip("unknown error occurred: " + err.Error())
	}
	return o
}

// place fills position, snippet and stack from the frames of the script.
func (u *run) place(o *models.Outcome, stack []goja.StackFrame) {
	for _, f := range stack {
		p := f.Position()
		if o.Line == 0 && inScript(f, p) {
			o.Line, o.Column = p.Line, p.Column
			o.Snippet = snippet(u.job.Script, p.Line)
		}
		if len(o.Stack) < maxStack {
			o.Stack = append(o.Stack, frameText(f, p))
		}
	}
}

// inScript reports whether a frame is in the action's own source, not in a
// native function or in source that the script evaluates, which has lines of
// its own.
func inScript(f goja.StackFrame, p file.Position) bool { return p.Line > 0 && f.SrcName() == "" }

func frameText(f goja.StackFrame, p file.Position) string {
	name := f.FuncName()
	if p.Line == 0 {
		if strings.Contains(name, "/") {
			name = "require" // the only function that keeps its Go name
		}
		return clip(name + " (native)")
	}
	return clip(fmt.Sprintf("%s (<eval>:%d:%d)", name, p.Line, p.Column))
}

// snippet returns a line of the script, shortened.
func snippet(script string, line int) string {
	for range line - 1 {
		i := strings.IndexByte(script, '\n')
		if i < 0 {
			return ""
		}
		script = script[i+1:]
	}
	if i := strings.IndexByte(script, '\n'); i >= 0 {
		script = script[:i]
	}
	return cut(strings.TrimRight(script, "\r"), 200)
}

func clip(s string) string { return cut(s, maxMessage) }

// cut shortens a text without splitting a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// compileOutcome describes a source that does not compile, in the words of the
// reference, which reports the compiler's text inside an error of its own.
func compileOutcome(err error, script string) models.Outcome {
	o := models.Outcome{Kind: models.OutcomeCompile, Message: clip("SyntaxError: SyntaxError: " + err.Error())}
	var list parser.ErrorList
	var one *goja.CompilerSyntaxError
	switch {
	case errors.As(err, &list) && len(list) > 0:
		o.Line, o.Column = list[0].Position.Line, list[0].Position.Column
	case errors.As(err, &one):
		o.Message = clip("SyntaxError: " + err.Error())
		if one.File != nil {
			p := one.File.Position(one.Offset)
			o.Line, o.Column = p.Line, p.Column
		}
	}
	if o.Line > 0 {
		o.Snippet = snippet(script, o.Line)
	}
	return o
}

// safeString is the text of a value whose own code may fail.
func safeString(v goja.Value) (s string) {
	defer func() {
		if recover() != nil {
			s = "unknown error occurred"
		}
	}()
	return v.String()
}
