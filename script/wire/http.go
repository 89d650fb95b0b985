package wire

import (
	"errors"

	"flowbench/models"
	"flowbench/script/vm"
)

// AppendFetch encodes a request of zitadel/http.
func AppendFetch(b []byte, r vm.FetchRequest) []byte {
	b = putText(b, r.Method)
	b = putText(b, r.URL)
	b = putHeader(b, r.Header)
	b = putBool(b, r.HasBody)
	b = putText(b, r.Body)
	return putInt(putInt(b, r.Line), r.Column)
}

// ParseFetch decodes a request of zitadel/http.
func ParseFetch(b []byte) (vm.FetchRequest, error) {
	d := &decoder{b: b}
	r := vm.FetchRequest{Method: d.text(), URL: d.text(), Header: d.header(), HasBody: d.bool(),
		Body: d.bytes(), Line: d.int(), Column: d.int()}
	return r, d.err()
}

// AppendFetched encodes the answer to a request; err is what the script sees.
func AppendFetched(b []byte, r vm.FetchResponse, err error) []byte {
	if err != nil {
		return putText(putBool(b, false), err.Error())
	}
	b = putInt(putBool(b, true), r.Status)
	b = putHeader(b, r.Header)
	return putText(b, r.Body)
}

// ParseFetched decodes the answer to a request.
func ParseFetched(b []byte) (vm.FetchResponse, error) {
	d := &decoder{b: b}
	if !d.bool() {
		text := d.text()
		if err := d.err(); err != nil {
			return vm.FetchResponse{}, err
		}
		return vm.FetchResponse{}, errors.New(text)
	}
	r := vm.FetchResponse{Status: d.int(), Header: d.header(), Body: d.bytes()}
	return r, d.err()
}

// CheckMessage asks for the problems of a script.
type CheckMessage struct {
	Name    string
	Script  string
	Trigger models.Slug
}

// Append encodes the message.
func (m CheckMessage) Append(b []byte) []byte {
	return putText(putText(putText(b, m.Name), m.Script), m.Trigger)
}

// ParseCheck decodes a CheckMessage.
func ParseCheck(b []byte) (CheckMessage, error) {
	d := &decoder{b: b}
	m := CheckMessage{Name: d.text(), Script: d.text(), Trigger: models.Slug(d.text())}
	return m, d.err()
}
