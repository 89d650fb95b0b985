package vm

import (
	"strings"

	"flowbench/models"

	"github.com/dop251/goja"
)

// modules are what scripts may require; there is nothing else, above all no
// file. The reference offers console and util by accident; console wrote to the
// server's log there and writes to the run's log here.
var modules = map[string]*Type{
	"zitadel/log":  logModule,
	"zitadel/http": httpModule,
	"zitadel/uuid": uuidModule,
	"console":      logModule,
	"util": object(method("format", "Text with %s, %d and %j replaced.", "", nativeFormat,
		param("text", anyType), rest("values", anyType))),
}

var logModule = object(
	logMethod("log", models.LevelInfo), logMethod("info", models.LevelInfo), logMethod("debug", models.LevelInfo),
	logMethod("warn", models.LevelWarn), logMethod("error", models.LevelError),
)

func logMethod(name string, level models.Level) Member {
	m := method(name, "Writes a line to the log.", "Adds a line to the log.", nativeLog, rest("values", anyType))
	m.arg = string(level)
	return m
}

// require answers the script's require, once per module and run.
func (u *run) require(call goja.FunctionCall) goja.Value {
	name := call.Argument(0).String()
	if m, ok := u.modules[name]; ok {
		return m
	}
	t, ok := modules[name]
	if !ok || name == "zitadel/uuid" && u.job.Strict && u.state.table.saml {
		panic(u.vm.NewGoError(&hostError{models.OutcomeException, invalidModule}))
	}
	if u.modules == nil {
		u.modules = map[string]goja.Value{}
	}
	m := u.object(t, nil)
	u.modules[name] = m
	return m
}

const invalidModule = "Invalid module"

// maxLogMessage is the length to which the reference cuts a message.
const maxLogMessage = 2000

func (c callee) logLine(call goja.FunctionCall) goja.Value {
	c.log(models.Level(c.m.arg), firstRunes(c.format(call.Arguments), maxLogMessage))
	return goja.Undefined()
}

// firstRunes cuts a text to n characters.
func firstRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func (c callee) formatted(call goja.FunctionCall) goja.Value {
	return c.vm.ToValue(c.format(call.Arguments))
}

// format joins the arguments with spaces after replacing %s, %d and %j of the
// first one.
func (u *run) format(args []goja.Value) string {
	var b strings.Builder
	if len(args) == 0 {
		return ""
	}
	text, rest := args[0].String(), args[1:]
	for i := 0; i < len(text); i++ {
		if text[i] != '%' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch text[i] {
		case 's', 'd', 'j':
			if len(rest) == 0 {
				b.WriteByte('%')
				b.WriteByte(text[i])
				continue
			}
			b.WriteString(u.verb(text[i], rest[0]))
			rest = rest[1:]
		case '%':
			b.WriteByte('%')
		default:
			b.WriteByte('%')
			b.WriteByte(text[i])
		}
	}
	for _, a := range rest {
		b.WriteByte(' ')
		b.WriteString(a.String())
	}
	return b.String()
}

func (u *run) verb(verb byte, v goja.Value) string {
	switch verb {
	case 'd':
		return v.ToNumber().String()
	case 'j':
		return u.stringify(v)
	}
	return v.String()
}

// stringify is JSON.stringify, whatever the script made of the global one.
func (u *run) stringify(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return string(u.attempt(v))
	}
	text, err := o.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return string(text)
}
