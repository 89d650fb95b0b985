package wire

import (
	"time"

	"flowbench/models"
	"flowbench/script/vm"
)

// ReadyMessage says that the sandbox is closed and what it consists of.
type ReadyMessage struct {
	Layers []Layer
	// AddressSpace is the size of the process in bytes before any script ran.
	AddressSpace uint64
}

// Layer is one containment layer of a worker.
type Layer struct {
	Name   string
	On     bool
	Detail string
}

// Append encodes the message.
func (m ReadyMessage) Append(b []byte) []byte {
	b = putUint(b, m.AddressSpace)
	return putList(b, m.Layers, func(b []byte, l Layer) []byte {
		return putText(putBool(putText(b, l.Name), l.On), l.Detail)
	})
}

// ParseReady decodes a ReadyMessage.
func ParseReady(b []byte) (ReadyMessage, error) {
	d := &decoder{b: b}
	m := ReadyMessage{AddressSpace: d.uint()}
	m.Layers = list(d, func(d *decoder) Layer {
		return Layer{Name: d.text(), On: d.bool(), Detail: d.text()}
	})
	return m, d.err()
}

// ChainMessage asks for the actions of one trigger. A chain that goes on after
// its worker was lost carries what the earlier actions did.
type ChainMessage struct {
	Context vm.Context
	Earlier []Earlier
	Actions []Action
}

// Action is one job of a chain.
type Action struct {
	vm.Job
	AllowedToFail bool
}

// Earlier is what an action that ran before did to the state.
type Earlier struct {
	Name string
	Ops  []vm.Op
}

// Append encodes the message.
func (m ChainMessage) Append(b []byte) []byte {
	b = putText(b, m.Context)
	b = putList(b, m.Earlier, func(b []byte, e Earlier) []byte {
		return putList(putText(b, e.Name), e.Ops, AppendOp)
	})
	return putList(b, m.Actions, func(b []byte, a Action) []byte {
		b = putText(b, a.Name)
		b = putText(b, a.Script)
		b = putDuration(b, a.Timeout)
		b = putBool(b, a.Strict)
		return putBool(b, a.AllowedToFail)
	})
}

// ParseChain decodes a ChainMessage.
func ParseChain(b []byte) (ChainMessage, error) {
	d := &decoder{b: b}
	m := ChainMessage{Context: d.bytes()}
	m.Earlier = list(d, func(d *decoder) Earlier {
		return Earlier{Name: d.text(), Ops: list(d, op)}
	})
	m.Actions = list(d, func(d *decoder) Action {
		return Action{
			Job:           vm.Job{Name: d.text(), Script: d.text(), Timeout: d.duration(), Strict: d.bool()},
			AllowedToFail: d.bool(),
		}
	})
	return m, d.err()
}

// AppendOp encodes one operation.
func AppendOp(b []byte, o vm.Op) []byte {
	b = putBool(append(b, byte(o.Kind)), o.Pushed)
	b = putText(b, o.Key)
	b = putInt(b, o.Index)
	b = putText(b, o.Value)
	return putInt(putInt(b, o.Line), o.Column)
}

func op(d *decoder) vm.Op {
	return vm.Op{Kind: vm.OpKind(d.byte()), Pushed: d.bool(), Key: d.text(), Index: d.int(),
		Value: d.bytes(), Line: d.int(), Column: d.int()}
}

// ParseOp decodes one operation.
func ParseOp(b []byte) (vm.Op, error) {
	d := &decoder{b: b}
	o := op(d)
	return o, d.err()
}

// AppendLog encodes one line of the log.
func AppendLog(b []byte, level models.Level, at time.Duration, message string) []byte {
	return putText(putDuration(putText(b, level), at), message)
}

// ParseLog decodes one line of the log.
func ParseLog(b []byte) (models.LogLine, error) {
	d := &decoder{b: b}
	l := models.LogLine{Level: models.Level(d.text()), At: models.Seconds(d.duration()), Message: d.text()}
	return l, d.err()
}

// AppendResult encodes the end of an action.
func AppendResult(b []byte, r vm.Result) []byte {
	o := r.Outcome
	b = putText(b, o.Kind)
	b = putText(b, o.Message)
	b = putInt(putInt(b, o.Line), o.Column)
	b = putText(b, o.Snippet)
	b = putList(b, o.Stack, putText[string])
	for _, took := range [...]time.Duration{r.Compile, r.Own, r.HTTP, r.Total} {
		b = putDuration(b, took)
	}
	return putBool(b, r.Spoilt)
}

// ParseResult decodes the end of an action.
func ParseResult(b []byte) (vm.Result, error) {
	d := &decoder{b: b}
	r := vm.Result{
		Outcome: models.Outcome{Kind: models.OutcomeKind(d.text()), Message: d.text(),
			Line: d.int(), Column: d.int(), Snippet: d.text(), Stack: list(d, (*decoder).text)},
		Compile: d.duration(), Own: d.duration(), HTTP: d.duration(), Total: d.duration(), Spoilt: d.bool(),
	}
	return r, d.err()
}
