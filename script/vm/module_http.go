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

func (u *run) httpModule() goja.Value {
	o := u.vm.NewObject()
	_ = o.Set("fetch", u.fetch)
	return o
}

// fetch is zitadel/http's only function: it waits for the answer.
func (u *run) fetch(call goja.FunctionCall) goja.Value {
	req := u.fetchRequest(call)
	req.Line, req.Column = u.position()
	begun := time.Now()
	res, err := u.host.Fetch(req)
	u.http += time.Since(begun)
	if err != nil {
		u.refuse(err.Error())
	}
	return u.response(res)
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

// response is what fetch returns.
func (u *run) response(res FetchResponse) goja.Value {
	body := string(res.Body)
	o := u.vm.NewObject()
	_ = o.Set("status", res.Status)
	_ = o.Set("body", body)
	_ = o.Set("headers", u.responseHeaders(res))
	_ = o.Set("json", func(goja.FunctionCall) goja.Value { return u.responseJSON(res.Body) })
	_ = o.Set("text", func(goja.FunctionCall) goja.Value { return u.vm.ToValue(body) })
	return o
}

// responseHeaders are empty in the reference; here they are lists by lower
// case name.
func (u *run) responseHeaders(res FetchResponse) goja.Value {
	o := u.vm.NewObject()
	if u.job.Strict {
		return o
	}
	for name, values := range res.Header {
		items := make([]any, len(values))
		for i, v := range values {
			items[i] = v
		}
		put(o, strings.ToLower(name), u.vm.NewArray(items...))
	}
	return o
}

// responseJSON reads the body. What is not JSON fails with the decoder's text,
// as in the reference, which reads one value and ignores what follows.
func (u *run) responseJSON(body []byte) goja.Value {
	var raw json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&raw); err != nil {
		u.fail(models.OutcomeHost, err.Error())
	}
	n, err := encodeJSON(raw)
	if err != nil {
		u.fail(models.OutcomeHost, "the answer "+err.Error())
	}
	return u.any(n)
}
