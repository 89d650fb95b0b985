package script

import (
	"fmt"
	"net/netip"
	"strings"

	"code.dny.dev/ssrf"

	"flowbench/models"
)

// deniedError is the refusal of an address. Its text is the reference
// runtime's, which scripts and people know.
type deniedError struct {
	entry string // of the list that denies it
}

func (e *deniedError) Error() string {
	return fmt.Sprintf("ID=ACTIO-N72d0 Message=host is denied Parent=(address is denied by '%s')", e.entry)
}

// guard decides which hosts and addresses scripts may reach. It never looks
// anything up: names are judged before a request, addresses when they are
// dialled, so a name that changes its address in between gains nothing.
type guard struct {
	denied, allowed hostList
	special         *ssrf.Guardian
}

// hostList is a list of networks and names.
type hostList struct {
	networks []listedNetwork
	names    map[string]string // as compared → as written
}

type listedNetwork struct {
	netip.Prefix
	text string
}

func newGuard(deny, allow []string) (*guard, error) {
	denied, err := parseHosts("deny", deny)
	if err != nil {
		return nil, err
	}
	allowed, err := parseHosts("allow", allow)
	if err != nil {
		return nil, err
	}
	return &guard{denied: denied, allowed: allowed, special: ssrf.New(ssrf.WithAnyPort())}, nil
}

func parseHosts(list string, entries []string) (hostList, error) {
	h := hostList{names: map[string]string{}}
	for _, entry := range strings.Split(strings.Join(entries, ","), ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		if err := h.add(entry); err != nil {
			return h, &models.Error{Kind: models.KindInvalid, Rule: "HTTPHostList",
				Message: fmt.Sprintf("The %s list of script requests has an entry that is neither an address, a network nor a host name: %q.", list, entry), Cause: err}
		}
	}
	return h, nil
}

func (h *hostList) add(entry string) error {
	if strings.Contains(entry, "/") {
		network, err := netip.ParsePrefix(entry)
		if err != nil {
			return err
		}
		h.networks = append(h.networks, listedNetwork{network.Masked(), entry})
		return nil
	}
	if addr, err := netip.ParseAddr(entry); err == nil {
		addr = addr.Unmap()
		h.networks = append(h.networks, listedNetwork{netip.PrefixFrom(addr, addr.BitLen()), entry})
		return nil
	}
	h.names[normalHost(entry)] = entry
	return nil
}

func (h *hostList) network(addr netip.Addr) (string, bool) {
	for _, n := range h.networks {
		if n.Contains(addr) {
			return n.text, true
		}
	}
	return "", false
}

// normalHost is the form in which host names are compared.
func normalHost(host string) string {
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// host judges the host of an address as the script wrote it, before anything
// is looked up.
func (g *guard) host(host string) error {
	host = normalHost(host)
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.address(addr)
	}
	if _, ok := g.allowed.names[host]; ok {
		return nil
	}
	if entry, ok := g.denied.names[host]; ok {
		return &deniedError{entry}
	}
	return nil
}

// trusts reports whether a name is allowed whatever it resolves to.
func (g *guard) trusts(host string) bool {
	_, ok := g.allowed.names[normalHost(host)]
	return ok
}

// address judges an address that is about to be dialled.
func (g *guard) address(addr netip.Addr) error {
	addr = addr.Unmap().WithZone("")
	if _, ok := g.allowed.network(addr); ok {
		return nil
	}
	if entry, ok := g.denied.network(addr); ok {
		return &deniedError{entry}
	}
	if g.special.SafeAddr(addr) != nil {
		return &deniedError{specialNetwork(addr)}
	}
	return nil
}

// specialNetwork names the special-purpose network of an address.
func specialNetwork(addr netip.Addr) string {
	list := ssrf.IPv4DeniedPrefixes
	if addr.Is6() {
		if !ssrf.IPv6GlobalUnicast.Contains(addr) {
			return "everything but " + ssrf.IPv6GlobalUnicast.String()
		}
		list = ssrf.IPv6DeniedPrefixes
	}
	for _, network := range list {
		if network.Contains(addr) {
			return network.String()
		}
	}
	return addr.String()
}
