package script

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"flowbench/script/vm"
)

func TestStubs(t *testing.T) {
	t.Parallel()
	stubs := []Stub{
		{Method: "post", URL: "https://a.example/x", Status: 201, Body: "posted", Headers: map[string]string{"x-kind": "1"}},
		{URL: "https://a.example/x", Body: "exact"},
		{URL: "https://a.example/*", Status: 404, Body: "prefix"},
	}
	for name, c := range map[string]struct {
		method, url string
		status      int
		body        string
	}{
		"method decides":      {"POST", "https://a.example/x", 201, "posted"},
		"exact before prefix": {"GET", "https://a.example/x", 200, "exact"},
		"prefix":              {"GET", "https://a.example/x/y?z", 404, "prefix"},
		"nothing fits":        {"GET", "https://b.example/", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := stubbed(stubs, vm.FetchRequest{Method: c.method, URL: c.url})
			if (err != nil) != (c.status == 0) || got.Status != c.status || string(got.Body) != c.body {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	got, _ := stubbed(stubs, vm.FetchRequest{Method: "POST", URL: "https://a.example/x"})
	if diff := cmp.Diff(map[string][]string{"X-Kind": {"1"}}, got.Header); diff != "" {
		t.Error(diff)
	}
}

func TestMasking(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://me:pass@a.example/?access_token=1&x=2": "https://me:xxxxx@a.example/?access_token=%E2%80%A2%E2%80%A2%E2%80%A2&x=2",
		"https://a.example/plain":                       "https://a.example/plain",
	} {
		if got := maskURL(in); got != want {
			t.Errorf("%s became %s", in, got)
		}
	}
	for in, want := range map[string]string{
		`{"user":"a","password":"b","n":12345678901234567890}`: `{"n":12345678901234567890,"password":"•••","user":"a"}`,
		`[{"client_secret":"b"}]`:                              `[{"client_secret":"•••"}]`,
		`{"code":"b"}`:                                         `{"code":"•••"}`,
		`name=a&password=b`:                                    `name=a&password=%E2%80%A2%E2%80%A2%E2%80%A2`,
		`plain text`:                                           `plain text`,
	} {
		if got := maskBody([]byte(in)); got != want {
			t.Errorf("%s became %s", in, got)
		}
	}
	got := maskHeader(map[string][]string{"Authorization": {"Bearer x"}, "X-Api-Key": {"k"}, "Accept": {"a", "b"}})
	if diff := cmp.Diff(map[string]string{"Authorization": "•••", "X-Api-Key": "•••", "Accept": "a, b"}, got); diff != "" {
		t.Error(diff)
	}
	if got := cut("aäää", 2); got != "a…" {
		t.Errorf("a cut text is %q", got)
	}
}
