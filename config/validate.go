package config

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Bounds of numbers that are not limits of another contract.
const (
	maxScriptLimit = 40000
	maxWorkers     = 1024
	maxQueue       = 1_000_000
	maxMiB         = 1 << 20
	minSecretKey   = 32
)

// fault says what is wrong with the value of one setting.
type fault struct {
	setting string
	text    string
}

// String names the setting the way the operator set it.
func (f fault) String(flags map[string]string) string {
	if _, ok := flags[f.setting]; ok {
		return "--" + f.setting + ": " + f.text + "."
	}
	s, _ := find(f.setting)
	return s.Env + ": " + f.text + "."
}

func find(name string) (Setting, bool) {
	for _, s := range Settings() {
		if s.Name == name {
			return s, true
		}
	}
	return Setting{}, false
}

// Validate reports every value that cannot work. Parse has called it already;
// it is for configurations that were put together by hand.
func (c Config) Validate() error {
	var faults Faults
	for _, f := range c.faults() {
		faults = append(faults, f.String(nil))
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

func (c Config) faults() []fault {
	var list []fault
	check := func(setting, text string) {
		if text != "" {
			list = append(list, fault{setting, text})
		}
	}
	check("listen", listenFault(c.Listen))
	check("external-url", externalFault(c.ExternalURL))
	check("database", databaseFault(c.Database))
	check("secret-key", secretFault(c.SecretKey))
	check("log-level", oneOf(c.LogLevel, "debug", "info", "warn", "error"))
	check("log-format", oneOf(c.LogFormat, "text", "json"))
	for _, entry := range c.TrustedProxies {
		check("trusted-proxies", networkFault(entry))
	}
	check("script-limit", between(c.ScriptLimit, 1, maxScriptLimit))
	check("workers", between(c.Workers, 0, maxWorkers))
	check("test-workers", between(c.TestWorkers, 1, maxWorkers))
	check("queue", between(c.Queue, 1, maxQueue))
	check("org-share", between(c.OrgShare, 0, maxWorkers))
	check("script-memory", between(c.ScriptMemory, 8, maxMiB))
	for _, entry := range c.HTTPDenyList {
		check("http-deny-list", hostFault(entry))
	}
	for _, entry := range c.HTTPAllowList {
		check("http-allow-list", hostFault(entry))
	}
	check("http-proxy", proxyFault(c.HTTPProxy))
	check("http-answer-limit", between(c.HTTPAnswerLimit, 1, maxMiB))
	check("runs-keep-for", atLeast(c.RunsKeepFor, 0))
	check("runs-keep-count", between(c.RunsKeepCount, 0, 1<<30))
	check("session-idle", atLeast(c.SessionIdle, time.Minute))
	check("session-lifetime", atLeast(c.SessionLifetime, c.SessionIdle))
	check("shutdown-timeout", atLeast(c.ShutdownTimeout, 0))
	return list
}

func listenFault(text string) string {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return quote(text) + " is not an address of the form host:port"
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return quote(port) + " is not a port number"
	}
	if strings.ContainsAny(host, " /") {
		return quote(host) + " is not a host"
	}
	return ""
}

func externalFault(text string) string {
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return quote(text) + " is not an address that starts with http:// or https://"
	case u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "":
		return quote(u.Redacted()) + " must have nothing after the host and port"
	}
	return ""
}

// databaseFault never repeats a PostgreSQL address: it may hold a password.
func databaseFault(text string) string {
	if path, ok := strings.CutPrefix(text, "sqlite:"); ok {
		if path == "" {
			return "the path after sqlite: is missing"
		}
		return ""
	}
	if strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://") {
		if u, err := url.Parse(text); err != nil || u.Host == "" && !u.Query().Has("host") {
			return "the PostgreSQL address cannot be read"
		}
		return ""
	}
	return "the value must start with sqlite: or postgres://"
}

// secretFault never repeats the secret.
func secretFault(text string) string {
	if text != "" && len(text) < minSecretKey {
		return "the value must have at least " + strconv.Itoa(minSecretKey) + " characters"
	}
	return ""
}

func proxyFault(text string) string {
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || oneOf(u.Scheme, "http", "https", "socks5") != "" {
		return "the value is not an http, https or socks5 address"
	}
	return ""
}

func networkFault(text string) string {
	if _, err := netip.ParseAddr(text); err == nil {
		return ""
	}
	if _, err := netip.ParsePrefix(text); err == nil {
		return ""
	}
	return quote(text) + " is neither an address nor a network such as 10.0.0.0/8"
}

func hostFault(text string) string {
	if networkFault(text) == "" || !strings.ContainsAny(text, "/:@ ") {
		return ""
	}
	return quote(text) + " is not a host name, address or network"
}

func oneOf(text string, allowed ...string) string {
	for _, a := range allowed {
		if text == a {
			return ""
		}
	}
	last := len(allowed) - 1
	return quote(text) + " is not " + strings.Join(allowed[:last], ", ") + " or " + allowed[last]
}

func between(n, least, most int) string {
	if n < least || n > most {
		return strconv.Itoa(n) + " is not between " + strconv.Itoa(least) + " and " + strconv.Itoa(most)
	}
	return ""
}

func atLeast(d, least time.Duration) string {
	if d < least {
		return formatDuration(d) + " is less than " + formatDuration(least)
	}
	return ""
}

func quote(text string) string { return strconv.Quote(text) }

func formatDuration(d time.Duration) string {
	if d != 0 && d%day == 0 {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	text := d.String() // 12h0m0s
	text = strings.TrimSuffix(text, "m0s")
	if text != d.String() {
		text += "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		return short + "h"
	}
	return text
}
