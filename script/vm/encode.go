package vm

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"flowbench/models"
)

// Context is the encoded context of one trigger: its slug, then the parts, each
// decoded when a script first reads it.
type Context []byte

// Trigger returns the slug of the context's trigger.
func (c Context) Trigger() models.Slug { return models.Slug(node(c).string()) }

func (c Context) root() node { return node(c)[node(c).size():] }

// EncodeContext checks a context in the JSON form of the sample contexts and
// encodes it. No context at all stands for the trigger's first sample.
func EncodeContext(trigger models.Slug, context json.RawMessage) (Context, error) {
	table := TableOf(trigger)
	if table == nil {
		return nil, models.Invalid(models.RuleTriggerUnknown, "trigger", "There is no trigger "+strconv.Quote(string(trigger))+".")
	}
	if len(context) == 0 || string(context) == "null" {
		context = Sample(trigger)
	}
	e := encoder{reader: reader{src: context}, out: make([]byte, 0, len(context)+64)}
	e.out = appendString(e.out, string(trigger))
	err := e.value(table.root)
	if err == nil && !e.atEnd() {
		err = errSyntax
	}
	if err != nil {
		return nil, &models.Error{Kind: models.KindInvalid, Rule: models.RuleContextInvalid, Field: "context",
			Message: "The context " + e.where() + err.Error() + ".", Args: map[string]any{"path": e.where()}}
	}
	return e.out, nil
}

// encoder turns JSON into the compact form in one pass, guided by a type.
type encoder struct {
	reader
	out  []byte
	path []string
}

func (e *encoder) where() string {
	if len(e.path) == 0 {
		return ""
	}
	var b strings.Builder
	for _, step := range e.path {
		if b.Len() > 0 && !strings.HasPrefix(step, "[") {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	return "at " + b.String() + " "
}

// at runs f one step deeper; after an error the step stays for the message.
func (e *encoder) at(step string, f func() error) error {
	e.path = append(e.path, step)
	if err := f(); err != nil {
		return err
	}
	e.path = e.path[:len(e.path)-1]
	return nil
}

// value encodes the next value as one of type t.
func (e *encoder) value(t *Type) error {
	c := e.peek()
	if c == 'n' {
		e.out = append(e.out, tagNull)
		return e.word("null")
	}
	if c == '"' {
		if done, err := e.reference(t); done || err != nil {
			return err
		}
	}
	switch t.Kind {
	case KindObject, KindRecord:
		return e.record(t)
	case KindArray, KindList:
		return e.array(t.Elem)
	case KindMap:
		return e.object(t.Elem)
	case KindUnion:
		return e.union(t)
	case KindFunc:
		return e.value(t.Returns)
	}
	return e.scalar(t)
}

// reference recognises the texts that stand for something else.
func (e *encoder) reference(t *Type) (bool, error) {
	if e.pos+1 >= len(e.src) || e.src[e.pos+1] != '$' {
		return false, nil
	}
	start := e.pos
	s, err := e.string()
	if err != nil {
		return false, err
	}
	org, isOrg := strings.CutPrefix(s, "$orgMetadata[")
	switch {
	case s == "$null":
		e.out = append(e.out, tagNull)
	case t == metadataListType && isOrg:
		org = strings.TrimSuffix(org, "]")
		e.out = binary.AppendUvarint(append(e.out, tagRef), uint64(len(org)))
		e.out = append(e.out, org...)
	case s == "$merge(standardClaims,customClaims)" && t.Kind == KindMap, s == "$idTokenClaims":
		e.out = append(e.out, tagRef, 0)
	default:
		e.pos = start
		return false, nil
	}
	return true, nil
}

var errUnknown = errors.New("is not a member the trigger has")

func (e *encoder) record(t *Type) error {
	if e.peek() != '{' {
		return errors.New("must be an object")
	}
	var at int
	e.out, at = open(e.out, tagRecord)
	err := e.reader.object(func(key string) error {
		i, ok := t.keys[key]
		if !ok {
			return e.extra(t, key)
		}
		e.out = append(e.out, byte(i))
		return e.at(key, func() error { return e.value(t.Members[i].source()) })
	})
	e.out = closed(e.out, at)
	return err
}

// extra reads a member that the type does not have: notes of the sample form,
// other forms of a known member, or a mistake.
func (e *encoder) extra(t *Type, key string) error {
	if i, ok := t.index[key]; ok && t.Members[i].key == "$bytes" {
		e.out = append(e.out, byte(i))
		return e.at("value", e.metadataValue)
	}
	if strings.HasPrefix(key, "$") || sampleNotes[key] && len(e.path) == 0 {
		return e.skip()
	}
	return e.at(key, func() error { return errUnknown })
}

// sampleNotes are the members beside ctx and state in the sample form.
var sampleNotes = map[string]bool{"flowType": true, "triggerType": true, "flowName": true, "triggerName": true, "note": true, "id": true, "title": true}

// metadataValue encodes a metadata value given as JSON instead of as bytes.
func (e *encoder) metadataValue() error {
	e.space()
	start := e.pos
	if err := e.skip(); err != nil {
		return err
	}
	e.out = appendString(e.out, string(e.src[start:e.pos]))
	return nil
}

func (e *encoder) array(elem *Type) error {
	if e.peek() != '[' {
		return errors.New("must be an array")
	}
	var at int
	e.out, at = open(e.out, tagArray)
	// The count is written behind the elements when it is known; three bytes
	// hold every count that fits in a context.
	e.out = append(e.out, 0x80, 0x80, 0)
	count, depth := 0, len(e.path)
	err := e.list('[', ']', func() error {
		e.path = append(e.path, "")
		if err := e.value(elem); err != nil {
			e.path[depth] = "[" + strconv.Itoa(count) + "]"
			return err
		}
		e.path = e.path[:depth]
		count++
		return nil
	})
	return e.finish(at, count, err)
}

// finish writes count and size of an array or object.
func (e *encoder) finish(at, count int, err error) error {
	if count >= maxCount {
		return errors.New("has too many members")
	}
	putCount(e.out[at+sizeBytes:], count)
	e.out = closed(e.out, at)
	return err
}

func (e *encoder) object(elem *Type) error {
	if e.peek() != '{' {
		return errors.New("must be an object")
	}
	var at int
	e.out, at = open(e.out, tagObject)
	e.out = append(e.out, 0x80, 0x80, 0)
	count := 0
	err := e.reader.object(func(key string) error {
		count++
		e.out = appendString(e.out, key)
		return e.at(key, func() error { return e.value(elem) })
	})
	return e.finish(at, count, err)
}

const maxCount = 1 << 21

// putCount writes a number below maxCount as a varint of three bytes.
func putCount(b []byte, n int) {
	b[0], b[1], b[2] = byte(n)|0x80, byte(n>>7)|0x80, byte(n>>14)&0x7f
}

// union finds the alternative by $kind, then by which one knows the members.
func (e *encoder) union(t *Type) error {
	if e.peek() != '{' {
		return errors.New("must be an object")
	}
	start, best, most := e.pos, 0, -1
	var keys []string
	kind := ""
	err := e.reader.object(func(key string) error {
		keys = append(keys, key)
		if key == "$kind" && e.peek() == '"' {
			var err error
			kind, err = e.string()
			return err
		}
		return e.skip()
	})
	if err != nil {
		return err
	}
	for i, a := range t.Alternatives {
		known := 0
		for _, k := range keys {
			if _, ok := a.keys[k]; ok {
				known++
			}
		}
		if a.Name == kind {
			known = len(keys) + 1
		}
		if known > most {
			best, most = i, known
		}
	}
	e.pos = start
	e.out = append(e.out, tagUnion, byte(best))
	return e.record(t.Alternatives[best])
}

func (e *encoder) scalar(t *Type) error {
	switch t.Kind {
	case KindString, KindStringObject, KindBytes:
		return e.text()
	case KindBool, KindBoolObject:
		return e.bool()
	case KindNumber, KindNumberObject:
		return e.numeric()
	case KindTime:
		return e.moment()
	case KindAddress:
		return e.address()
	}
	return e.any()
}

func (e *encoder) text() error {
	if e.peek() != '"' {
		return errors.New("must be a string")
	}
	s, err := e.string()
	e.out = appendString(e.out, s)
	return err
}

func (e *encoder) bool() error {
	switch e.peek() {
	case 't':
		e.out = append(e.out, tagTrue)
		return e.word("true")
	case 'f':
		e.out = append(e.out, tagFalse)
		return e.word("false")
	}
	return errors.New("must be true or false")
}

func (e *encoder) numeric() error {
	if !isNumberByte(e.peek()) {
		return errors.New("must be a number")
	}
	f, err := e.number()
	e.out = appendNumber(e.out, f)
	return err
}

func (e *encoder) moment() error {
	if e.peek() == '"' {
		s, err := e.string()
		if err != nil {
			return err
		}
		t, err := time.Parse(time.RFC3339Nano, s)
		if err == nil {
			e.out = appendTime(e.out, t)
			return nil
		}
	}
	return errors.New("must be a time like 2024-03-01T09:15:00Z")
}

func (e *encoder) address() error {
	if e.peek() == '"' {
		s, err := e.string()
		if err != nil {
			return err
		}
		if _, err := netip.ParseAddr(s); err == nil || s == "" {
			e.out = appendString(e.out, s)
			return nil
		}
	}
	return errors.New("must be an IP address")
}

// any encodes whatever comes.
func (e *encoder) any() error {
	switch e.peek() {
	case '{':
		return e.object(anyType)
	case '[':
		return e.array(anyType)
	case '"':
		return e.text()
	case 't', 'f':
		return e.bool()
	case 'n':
		e.out = append(e.out, tagNull)
		return e.word("null")
	}
	if !isNumberByte(e.peek()) {
		return errSyntax
	}
	return e.numeric()
}

// encodeJSON encodes JSON of any shape.
func encodeJSON(src []byte) (node, error) {
	e := encoder{reader: reader{src: src}, out: make([]byte, 0, len(src)+16)}
	err := e.any()
	if err == nil && !e.atEnd() {
		err = errSyntax
	}
	return e.out, err
}
