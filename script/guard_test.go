package script

import (
	"errors"
	"net/netip"
	"testing"
)

func mustGuard(t *testing.T, deny, allow []string) *guard {
	t.Helper()
	g, err := newGuard(deny, allow)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGuardJudgesAddresses(t *testing.T) {
	t.Parallel()
	g := mustGuard(t, DefaultDeny(), nil)
	for address, entry := range map[string]string{
		"127.0.0.1":            "127.0.0.0/8",
		"127.255.255.254":      "127.0.0.0/8",
		"::1":                  "::1",
		"::ffff:127.0.0.1":     "127.0.0.0/8",
		"0.0.0.0":              "0.0.0.0",
		"0.1.2.3":              "0.0.0.0/8",
		"::":                   "::",
		"10.1.2.3":             "10.0.0.0/8",
		"172.16.0.1":           "172.16.0.0/12",
		"192.168.1.1":          "192.168.0.0/16",
		"::ffff:192.168.1.1":   "192.168.0.0/16",
		"169.254.169.254":      "169.254.0.0/16",
		"100.64.0.1":           "100.64.0.0/10",
		"192.0.2.7":            "192.0.2.0/24",
		"198.51.100.1":         "198.51.100.0/24",
		"203.0.113.1":          "203.0.113.0/24",
		"198.18.0.1":           "198.18.0.0/15",
		"224.0.0.1":            "224.0.0.0/4",
		"255.255.255.255":      "240.0.0.0/4",
		"2002:7f00:1::":        "2002::/16",
		"2001:db8::1":          "2001:db8::/32",
		"64:ff9b::7f00:1":      "everything but 2000::/3",
		"fc00::1":              "everything but 2000::/3",
		"fd00:ec2::254":        "everything but 2000::/3",
		"fe80::1%eth0":         "everything but 2000::/3",
		"ff02::1":              "everything but 2000::/3",
		"8.8.8.8":              "",
		"2606:4700:4700::1111": "",
		"::ffff:8.8.8.8":       "",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			checkDenial(t, g.address(netip.MustParseAddr(address)), entry)
		})
	}
}

func checkDenial(t *testing.T, err error, entry string) {
	t.Helper()
	var denied *deniedError
	switch {
	case entry == "" && err != nil:
		t.Errorf("denied: %v", err)
	case entry != "" && !errors.As(err, &denied):
		t.Errorf("got %v, want a denial by %s", err, entry)
	case entry != "" && denied.entry != entry:
		t.Errorf("denied by %q, want %q", denied.entry, entry)
	}
}

func TestGuardJudgesHosts(t *testing.T) {
	t.Parallel()
	g := mustGuard(t, []string{"localhost, Internal.Example", "10.0.0.0/8,2001:db8::/32"}, []string{"10.9.0.0/16", "good.internal.example", "192.168.7.7"})
	for host, entry := range map[string]string{
		"localhost":             "localhost",
		"LOCALHOST":             "localhost",
		"localhost.":            "localhost",
		"internal.example":      "Internal.Example",
		"sub.internal.example":  "",
		"good.internal.example": "",
		"10.1.1.1":              "10.0.0.0/8",
		"10.9.1.1":              "",
		"192.168.7.7":           "",
		"192.168.7.8":           "192.168.0.0/16",
		"example.com":           "",
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			checkDenial(t, g.host(host), entry)
		})
	}
	if !g.trusts("Good.Internal.Example.") || g.trusts("internal.example") {
		t.Error("an allowed name is not trusted, or another is")
	}
}

func TestGuardRefusesListsItCannotRead(t *testing.T) {
	t.Parallel()
	if _, err := newGuard([]string{"10.0.0.0/99"}, nil); err == nil {
		t.Error("a network that is none was taken")
	}
	if _, err := New(Options{HTTP: Transport{Allow: []string{"x/y"}}}); err == nil {
		t.Error("an engine started with an unreadable allow list")
	}
}

func TestDenialHasTheReferenceText(t *testing.T) {
	t.Parallel()
	const want = "ID=ACTIO-N72d0 Message=host is denied Parent=(address is denied by '127.0.0.0/8')"
	if got := (&deniedError{"127.0.0.0/8"}).Error(); got != want {
		t.Errorf("got %q", got)
	}
}
