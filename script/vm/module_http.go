package vm

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"flowbench/models"

	"github.com/dop251/goja"
)

var httpModule = object(
	method("fetch", "Sends a request and waits for the answer. The body is encoded as JSON.", "Sends an HTTP request.", nativeFetch,
		param("url", stringType), optionalParam("options", anyType)).returning(responseType),
)

var responseType = object(
	number("status", "Status code.").by(nativeStatus),
	text("body", "Body as text.").by(nativeBody),
	member("headers", mapOf(stringsType), "Header lines by lower case name.").by(nativeHeaders),
	method("json", "Body decoded as JSON.", "", nativeJSON).returning(anyType),
	method("text", "Body as text.", "", nativeText).returning(stringType),
)

// fetch is zitadel/http's only function: it waits for the answer.
func (c callee) fetch(call goja.FunctionCall) goja.Value {
	req := c.fetchRequest(call)
	req.Line, req.Column = c.position()
	begun := time.Now()
	res, err := c.host.Fetch(req)
	c.http += time.Since(begun)
	if err != nil {
		c.refuse(err.Error())
	}
	return c.vm.NewDynamicObject(&hostObject{run: c.run, t: responseType, with: &res})
}

func (u *run) fetchRequest(call goja.FunctionCall) FetchRequest {
	switch n := len(call.Arguments); {
	case n == 0:
		u.refuse("no url provided")
	case n > 2:
		u.refuse("too many args")
	}
	url, ok := call.Arguments[0].Export().(string)
	if !ok {
		u.refuse("url must be a string")
	}
	req := FetchRequest{Method: http.MethodGet, URL: url,
		Header: map[string][]string{"Content-Type": {"application/json"}, "Accept": {"application/json"}}}
	if len(call.Arguments) == 1 {
		return req
	}
	options := call.Arguments[1].ToObject(u.vm) // undefined and null raise a TypeError
	for _, key := range options.Keys() {
		u.fetchOption(&req, key, options.Get(key))
	}
	return req
}

func (u *run) fetchOption(req *FetchRequest, key string, v goja.Value) {
	switch key {
	case "method":
		req.Method = v.String()
	case "headers":
		req.Header = u.fetchHeaders(v)
	case "body":
		if goja.IsUndefined(v) || goja.IsNull(v) {
			panic(u.vm.NewTypeError("Cannot convert undefined or null to object"))
		}
		req.Body, req.HasBody = []byte(u.stringify(v)), true
	default:
		u.refuse("ID=ACTIO-OfUeA Message=key is invalid")
	}
}

// fetchHeaders reads the headers option: text is split at commas, a list is
// used as it is, everything else is dropped.
func (u *run) fetchHeaders(v goja.Value) map[string][]string {
	header := http.Header{}
	o := v.ToObject(u.vm)
	for _, name := range o.Keys() {
		canonical := http.CanonicalHeaderKey(name)
		switch value := o.Get(name); x := value.(type) {
		case goja.String:
			for _, line := range strings.Split(x.String(), ",") {
				header[canonical] = append(header[canonical], strings.TrimSpace(line))
			}
		case *goja.Object:
			if x.ClassName() == "Array" {
				u.vm.ForOf(x, func(item goja.Value) bool {
					text, ok := item.(goja.String)
					if !ok {
						u.refuse("header values must be strings")
					}
					header[canonical] = append(header[canonical], text.String())
					return len(header[canonical]) < 100
				})
			}
		}
	}
	return header
}

func (c callee) answer() *FetchResponse { return c.on.with.(*FetchResponse) }

func (c callee) responseStatus(node) goja.Value { return c.vm.ToValue(c.answer().Status) }
func (c callee) responseBody(node) goja.Value   { return c.vm.ToValue(string(c.answer().Body)) }

func (c callee) responseText(goja.FunctionCall) goja.Value { return c.responseBody(nil) }

// responseHeaders are empty in the reference; here they are lists by lower
// case name.
func (c callee) responseHeaders(node) goja.Value {
	o := c.vm.NewObject()
	if c.job.Strict {
		return o
	}
	for name, values := range c.answer().Header {
		items := make([]any, len(values))
		for i, v := range values {
			items[i] = v
		}
		put(o, strings.ToLower(name), c.vm.NewArray(items...))
	}
	return o
}

// responseJSON reads the body. What is not JSON fails with the decoder's text,
// as in the reference, which reads one value and ignores what follows.
func (c callee) responseJSON(goja.FunctionCall) goja.Value {
	body := c.answer().Body
	if n, err := encodeJSON(body); err == nil {
		return c.any(n)
	}
	var raw json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&raw); err != nil {
		c.fail(models.OutcomeHost, err.Error())
	}
	n, err := encodeJSON(raw)
	if err != nil {
		c.fail(models.OutcomeHost, "the answer "+err.Error())
	}
	return c.any(n)
}
