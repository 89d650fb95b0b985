package link_test

import (
	"testing"

	"flowbench/views/link"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	o := link.Org("311")
	for got, want := range map[string]string{
		o.Overview():                               "/o/311",
		o.Action("7"):                              "/o/311/actions/7",
		o.Version("7", 2):                          "/o/311/actions/7/versions/2",
		o.Lane("pre-userinfo"):                     "/o/311/flows#pre-userinfo",
		link.Org("a/b").Action("x y"):              "/o/a%2Fb/actions/x%20y",
		link.SignIn("/o/1?q=a b"):                  "/sign-in?next=%2Fo%2F1%3Fq%3Da+b",
		link.SignIn("/"):                           "/sign-in",
		link.SetUp("c&d"):                          "/setup?code=c%26d",
		link.Query(o.Actions(), "q", "", "s", "1"): "/o/311/actions?s=1",
		link.Query(o.Actions(), "q", ""):           "/o/311/actions",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
