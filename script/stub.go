package script

import (
	"errors"
	"net/http"
	"strings"

	"flowbench/script/vm"
)

// stubbed answers a request from the stubs. The first that fits wins.
func stubbed(stubs []Stub, in vm.FetchRequest) (vm.FetchResponse, error) {
	for _, s := range stubs {
		if s.fits(in) {
			return s.answer(), nil
		}
	}
	return vm.FetchResponse{}, requestError(in.Method, in.URL, errNoStub)
}

var errNoStub = errors.New("no recorded answer fits this request, and test runs do not use the network")

func (s Stub) fits(in vm.FetchRequest) bool {
	if s.Method != "" && !strings.EqualFold(s.Method, in.Method) {
		return false
	}
	if prefix, ok := strings.CutSuffix(s.URL, "*"); ok {
		return strings.HasPrefix(in.URL, prefix)
	}
	return s.URL == in.URL
}

func (s Stub) answer() vm.FetchResponse {
	r := vm.FetchResponse{Status: s.Status, Header: map[string][]string{}, Body: []byte(s.Body)}
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	for name, value := range s.Headers {
		r.Header[http.CanonicalHeaderKey(name)] = []string{value}
	}
	return r
}
