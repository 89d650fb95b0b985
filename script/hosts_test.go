package script

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"flowbench/script/vm"
)

func TestOnlyAllowedHostsAreAsked(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "http://other.example/", http.StatusFound)
		}
	}))
	t.Cleanup(s.Close)
	u, _ := url.Parse(s.URL)
	tr, err := newTransport(Transport{Allow: []string{"127.0.0.1"}, Redirects: 3, MaxResponse: 1 << 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.close)
	for name, c := range map[string]struct {
		hosts []string
		path  string
		ok    bool
	}{
		"no list":         {nil, "/", true},
		"by name":         {[]string{"x.example", u.Hostname()}, "/", true},
		"with its port":   {[]string{u.Host}, "/", true},
		"not listed":      {[]string{"x.example"}, "/", false},
		"sent on outside": {[]string{u.Hostname()}, "/away", false},
	} {
		_, err := tr.fetch(withHosts(t.Context(), c.hosts), vm.FetchRequest{Method: "GET", URL: s.URL + c.path})
		if c.ok && err != nil || !c.ok && !errors.Is(err, errHostNotAllowed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
