package vm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"flowbench/models"

	"github.com/dop251/goja"
)

// maxValueBytes bounds one value that a script hands over.
const maxValueBytes = 1 << 20

// attempt returns the JSON of a value that goes nowhere, null if it has none.
func (r *run) attempt(v goja.Value) json.RawMessage {
	e := exporter{run: r, path: []string{"value"}, lenient: true}
	e.value(v)
	if e.broken {
		return json.RawMessage("null")
	}
	return e.out
}

// exporter writes a script's value as the JSON that the reference makes of it:
// members in the order of their names, undefined as null, dates as text.
type exporter struct {
	*run
	out     []byte
	path    []string
	parents []*goja.Object
	lenient bool // what has no JSON form is no failure
	broken  bool // something had no JSON form
}

// export returns the JSON of a value that a script hands over as what.
func (r *run) export(what string, v goja.Value) json.RawMessage {
	e := exporter{run: r, path: []string{what}, out: make([]byte, 0, 64), lenient: r.job.Strict}
	e.value(v)
	switch {
	case e.broken:
		return json.RawMessage("null")
	case len(e.out) > maxValueBytes:
		e.tooLarge()
	}
	return e.out
}

// refuse ends the call: the value at the present path has no JSON form.
func (e *exporter) refuse(why string) {
	if e.lenient {
		e.broken = true
		e.out = append(e.out, "null"...)
		return
	}
	path := ""
	for _, p := range e.path {
		path += p
	}
	e.fail(models.OutcomeResult, path+" cannot be represented: "+why)
}

func (e *exporter) value(v goja.Value) {
	if len(e.out) > maxValueBytes {
		e.tooLarge()
	}
	switch x := v.(type) {
	case nil:
		e.out = append(e.out, "null"...)
	case goja.String:
		e.out = appendJSONString(e.out, x.String())
	case *goja.Object:
		e.object(x)
	case *goja.Symbol:
		e.refuse("a symbol has no JSON form")
	default:
		e.primitive(v)
	}
}

func (e *exporter) primitive(v goja.Value) {
	switch x := v.Export().(type) {
	case nil:
		e.out = append(e.out, "null"...)
	case bool:
		e.out = strconv.AppendBool(e.out, x)
	case int64:
		e.out = strconv.AppendInt(e.out, x, 10)
	case float64:
		e.float(x)
	case *big.Int:
		e.out = x.Append(e.out, 10)
	case string:
		e.out = appendJSONString(e.out, x)
	default:
		e.refuse(fmt.Sprintf("%T has no JSON form", x))
	}
}

func (e *exporter) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		e.refuse(strconv.FormatFloat(f, 'g', -1, 64) + " has no JSON form")
		return
	}
	e.out = appendJSONNumber(e.out, f)
}

// object writes an object by what it is.
func (e *exporter) object(o *goja.Object) {
	switch o.ClassName() {
	case "Array", "Arguments":
		if t := o.ExportType(); t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			e.host(o)
			return
		}
		e.nested(o, func() { e.array(o) })
	case "Function":
		e.refuse("a function has no JSON form")
	case "Date", "Number", "Boolean":
		e.host(o)
	case "String":
		e.out = appendJSONString(e.out, o.String())
	case "Object":
		e.byType(o, o.ExportType())
	default:
		e.nested(o, func() { e.plain(o) })
	}
}

var (
	openMapType = reflect.TypeFor[*openMap]()
	hostType    = reflect.TypeFor[*hostObject]()
	mapType     = reflect.TypeFor[[][2]any]()
	setType     = reflect.TypeFor[[]any]()
	timeGoType  = reflect.TypeFor[time.Time]()
	bigType     = reflect.TypeFor[*big.Int]()
	bufferType  = reflect.TypeFor[goja.ArrayBuffer]()
)

// byType writes an object whose class says nothing.
func (e *exporter) byType(o *goja.Object, t reflect.Type) {
	switch {
	case t == openMapType:
		if m := o.Export().(*openMap); m.untouched() && m.elem.Kind == KindAny {
			e.out = appendSorted(e.out, m.n)
			return
		}
	case t == mapType, t == setType:
		e.nested(o, func() { e.collection(o) })
		return
	case t == timeGoType, t == bufferType, t == bigType, t.Kind() == reflect.String, t.Kind() == reflect.Slice:
		e.host(o)
		return
	}
	e.nested(o, func() { e.plain(o) })
}

// host writes what exports to a plain Go value.
func (e *exporter) host(o *goja.Object) {
	switch x := o.Export().(type) {
	case []byte:
		e.out = append(e.out, '"')
		e.out = base64.StdEncoding.AppendEncode(e.out, x)
		e.out = append(e.out, '"')
	case goja.ArrayBuffer:
		e.out = append(e.out, "{}"...)
	case bool, int64, float64, *big.Int:
		e.primitive(e.vm.ToValue(x))
	default:
		e.marshalled(x)
	}
}

func (e *exporter) marshalled(x any) {
	text, err := json.Marshal(x)
	if err != nil {
		e.refuse(err.Error())
		return
	}
	e.out = append(e.out, text...)
}

// nested writes an object that may hold others and notices cycles.
func (e *exporter) nested(o *goja.Object, f func()) {
	for _, p := range e.parents {
		if p == o {
			e.refuse("it contains itself")
			return
		}
	}
	if len(e.parents) >= maxDepth {
		e.refuse("it is nested too deeply")
		return
	}
	e.parents = append(e.parents, o)
	f()
	e.parents = e.parents[:len(e.parents)-1]
}

func (e *exporter) step(name string, v goja.Value) {
	e.path = append(e.path, name)
	e.value(v)
	e.path = e.path[:len(e.path)-1]
}

func (e *exporter) array(o *goja.Object) {
	length := o.Get("length").ToInteger()
	if length > maxValueBytes {
		e.tooLarge()
	}
	e.out = append(e.out, '[')
	for i := range length {
		if i > 0 {
			e.out = append(e.out, ',')
		}
		index := strconv.FormatInt(i, 10)
		e.step("["+index+"]", o.Get(index))
	}
	e.out = append(e.out, ']')
}

func (e *exporter) plain(o *goja.Object) {
	keys := o.Keys()
	sort.Strings(keys)
	host := hostOf(o)
	e.out = append(e.out, '{')
	first := true
	for _, k := range keys {
		if host != nil && !e.job.Strict && host.offers(k) {
			continue // as JSON.stringify does
		}
		v := o.Get(k)
		e.out = comma(e.out, &first)
		e.out = append(appendJSONString(e.out, e.exportName(host, k)), ':')
		e.step("."+k, v)
	}
	e.out = append(e.out, '}')
}

// hostOf returns what is behind an object of the context, nil for others.
func hostOf(o *goja.Object) *hostObject {
	if o.ExportType() != hostType {
		return nil
	}
	return o.Export().(*hostObject)
}

// offers reports whether a member is a function of the host.
func (o *hostObject) offers(name string) bool {
	m, ok := o.t.Member(name)
	return ok && m.Type.Kind == KindFunc
}

// exportName is the name of a member in JSON: the script's, where the
// reference uses the field names of its host objects.
func (e *exporter) exportName(host *hostObject, name string) string {
	if !e.job.Strict || host == nil || host.t.Kind != KindRecord || name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// tooLarge ends the run, so that a script cannot try again and again.
func (e *exporter) tooLarge() {
	e.stop(models.OutcomeResult, e.path[0]+" cannot be represented: it is larger than 1 MiB")
}

// collection writes a Map as pairs and a Set as a list.
func (e *exporter) collection(o *goja.Object) {
	var items []any
	e.vm.ForOf(o, func(item goja.Value) bool {
		items = append(items, item)
		return len(items) <= maxValueBytes
	})
	e.array(e.vm.NewArray(items...))
}
