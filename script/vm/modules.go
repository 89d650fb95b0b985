package vm

import (
	"strings"

	"flowbench/models"

	"github.com/dop251/goja"
)

// moduleMakers are the modules that scripts may require; there is nothing
// else, above all no file. The reference offers console and util by accident;
// console wrote to the server's log there and writes to the run's log here.
var moduleMakers = map[string]func(*run) goja.Value{
	"zitadel/log":  (*run).logModule,
	"zitadel/http": (*run).httpModule,
	"zitadel/uuid": (*run).uuidModule,
	"console":      (*run).logModule,
	"util":         (*run).utilModule,
}

// require answers the script's require, once per module and run.
func (u *run) require(call goja.FunctionCall) goja.Value {
	name := call.Argument(0).String()
	if m, ok := u.modules[name]; ok {
		return m
	}
	maker, ok := moduleMakers[name]
	if !ok || name == "zitadel/uuid" && u.job.Strict && u.state.table.saml {
		panic(u.vm.NewGoError(&hostError{models.OutcomeException, "Invalid module"}))
	}
	if u.modules == nil {
		u.modules = map[string]goja.Value{}
	}
	m := maker(u)
	u.modules[name] = m
	return m
}

// maxLogMessage is the length to which the reference cuts a message.
const maxLogMessage = 2000

func (u *run) logModule() goja.Value {
	o := u.vm.NewObject()
	for _, l := range [...]struct {
		name  string
		level models.Level
	}{
		{"log", models.LevelInfo}, {"info", models.LevelInfo}, {"debug", models.LevelInfo},
		{"warn", models.LevelWarn}, {"error", models.LevelError},
	} {
		_ = o.Set(l.name, func(call goja.FunctionCall) goja.Value {
			u.log(l.level, cut(u.format(call.Arguments), maxLogMessage))
			return goja.Undefined()
		})
	}
	return o
}

func (u *run) utilModule() goja.Value {
	o := u.vm.NewObject()
	_ = o.Set("format", func(call goja.FunctionCall) goja.Value { return u.vm.ToValue(u.format(call.Arguments)) })
	return o
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
			b.WriteString(u.formatted(text[i], rest[0]))
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

func (u *run) formatted(verb byte, v goja.Value) string {
	switch verb {
	case 'd':
		return v.ToNumber().String()
	case 'j':
		return u.stringify(v)
	}
	return v.String()
}

// stringify is JSON.stringify, taken from the runtime so that the script's own
// toJSON counts.
func (u *run) stringify(v goja.Value) string {
	f, ok := goja.AssertFunction(u.vm.Get("JSON").ToObject(u.vm).Get("stringify"))
	if !ok {
		return v.String()
	}
	text, err := f(goja.Undefined(), v)
	if err != nil {
		panic(err)
	}
	return text.String()
}
