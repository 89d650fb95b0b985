package vm

import (
	"strconv"
	"strings"
	"time"

	"flowbench/models"

	"github.com/dop251/goja"
)

// rejection is a promise that was rejected while nobody was listening.
type rejection struct {
	promise      *goja.Promise
	line, column int
}

// maxRejections bounds how many rejected promises a run remembers.
const maxRejections = 20

func (u *run) trackRejection(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		if len(u.rejected) < maxRejections {
			line, column := u.position()
			u.rejected = append(u.rejected, rejection{p, line, column})
		}
		return
	}
	for i, r := range u.rejected {
		if r.promise == p {
			u.rejected = append(u.rejected[:i:i], u.rejected[i+1:]...)
			return
		}
	}
}

// reportRejections logs what the script never learned. The reference swallows
// it.
func (u *run) reportRejections() {
	if u.job.Strict {
		return
	}
	for _, r := range u.rejected {
		text, line, column := describeRejection(r)
		if line > 0 {
			text += " at line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column)
		}
		u.log(models.LevelWarn, "unhandled promise rejection: "+text)
	}
}

// explain adds to the ending of an async function what rejected its promise.
func (u *run) explain(o *models.Outcome, p *goja.Promise) {
	found := rejection{promise: p}
	for _, r := range u.rejected {
		if r.promise == p {
			found = r
		}
	}
	text, line, column := describeRejection(found)
	o.Line, o.Column, o.Snippet = line, column, snippet(u.job.Script, line)
	if !u.job.Strict {
		o.Message = clip(o.Message + ": rejected with " + text)
	}
}

// describeRejection tells the reason of a rejection; errors know where they
// were made.
func describeRejection(r rejection) (text string, line, column int) {
	reason := r.promise.Result()
	text, line, column = safeString(reason), r.line, r.column
	o, ok := reason.(*goja.Object)
	if !ok {
		return text, line, column
	}
	if l, c, ok := firstPosition(stackOf(o)); ok {
		line, column = l, c
	}
	return text, line, column
}

// stackOf reads an error's stack, which may be code of the script that fails.
func stackOf(o *goja.Object) (text string) {
	defer func() { _ = recover() }()
	if stack := o.Get("stack"); stack != nil {
		text = stack.String()
	}
	return text
}

// firstPosition finds the first position of the script in a stack text.
func firstPosition(stack string) (line, column int, ok bool) {
	_, rest, ok := strings.Cut(stack, "<eval>:")
	if !ok {
		return 0, 0, false
	}
	first, rest, _ := strings.Cut(rest, ":")
	second := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	line, err := strconv.Atoi(first)
	if err != nil {
		return 0, 0, false
	}
	column, err = strconv.Atoi(second)
	return line, column, err == nil
}

// log hands over a line of the log.
func (u *run) log(level models.Level, text string) {
	u.host.Log(level, time.Since(u.begun), text)
}
