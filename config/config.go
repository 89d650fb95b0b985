package config

import (
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"
)

// Config is the configuration of one process. The tags name the flag, the
// default in the form a person would type it, and the sentence for help and
// README; secret marks values that may also come from a file.
type Config struct {
	Listen      string `flag:"listen" default:"127.0.0.1:8080" usage:"Address to listen on, host:port; port 0 takes a free one."`
	ExternalURL string `flag:"external-url" usage:"Address under which browsers and clients reach the server, for example https://flows.example.com; decides links, the Secure flag of cookies and the token issuer. Empty: http:// and the address listened on."`
	Database    string `flag:"database" default:"sqlite:flowbench.db" usage:"Where data is kept: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME." secret:"yes"`
	SecretKey   string `flag:"secret-key" usage:"What keys and secrets in the database are encrypted with, at least 32 random characters. Empty: with SQLite a file beside the database, made at the first need; with PostgreSQL programs cannot sign in by OAuth." secret:"yes"`
	LogLevel    string `flag:"log-level" default:"info" usage:"Least level that is logged: debug, info, warn or error."`
	LogFormat   string `flag:"log-format" default:"text" usage:"Form of log lines: text or json."`
	Demo        bool   `flag:"demo" default:"false" usage:"Fill an empty database with an example organization and print how to sign in."`
	Dev         bool   `flag:"dev" default:"false" usage:"For work on Flowbench itself: read scripts and styles from disk at each request."`

	TrustedProxies []string `flag:"trusted-proxies" usage:"Addresses or networks, separated by commas, whose X-Forwarded-For header is believed. Empty: none."`
	ScriptLimit    int      `flag:"script-limit" default:"10000" usage:"Most characters a script may have, up to 40000."`

	Workers      int `flag:"workers" default:"0" usage:"Processes that run the scripts of flows, one script at a time each. 0: one per processor, at least 2."`
	TestWorkers  int `flag:"test-workers" default:"2" usage:"Further processes for test runs and checks, so that these never take one from a flow."`
	Queue        int `flag:"queue" default:"256" usage:"Most runs that wait for a free process; further ones are answered as busy."`
	OrgShare     int `flag:"org-share" default:"0" usage:"Most processes of a kind one organization may keep busy at a time. 0: all but one."`
	ScriptMemory int `flag:"script-memory" default:"64" usage:"MiB of live objects at which a script is ended."`

	HTTPDenyList    []string `flag:"http-deny-list" usage:"Host names, addresses or networks that zitadel/http refuses, separated by commas, besides loopback, private and other special ones."`
	HTTPAllowList   []string `flag:"http-allow-list" usage:"Host names, addresses or networks that zitadel/http may reach although they are denied by default, for development."`
	HTTPProxy       string   `flag:"http-proxy" usage:"Proxy for zitadel/http, as an http, https or socks5 address. Empty: none, also when the environment names one." secret:"yes"`
	HTTPAnswerLimit int      `flag:"http-answer-limit" default:"1024" usage:"Most KiB of a decompressed answer that zitadel/http reads."`

	RunsKeepFor   time.Duration `flag:"runs-keep-for" default:"30d" usage:"Age at which stored runs are removed. 0: never."`
	RunsKeepCount int           `flag:"runs-keep-count" default:"10000" usage:"Stored runs kept per organization, newest first. 0: all."`

	SessionIdle     time.Duration `flag:"session-idle" default:"12h" usage:"A browser session ends after this time without a request."`
	SessionLifetime time.Duration `flag:"session-lifetime" default:"7d" usage:"A browser session ends this long after sign-in, used or not."`
	ShutdownTimeout time.Duration `flag:"shutdown-timeout" default:"10s" usage:"How long a stop waits for requests in flight."`
}

// Default returns the configuration of a process without flags and variables.
func Default() Config {
	c, err := Parse(nil, func(string) (string, bool) { return "", false })
	if err != nil {
		panic("config: a default is not valid: " + err.Error())
	}
	return c
}

// Level returns LogLevel as slog understands it.
func (c Config) Level() slog.Level {
	var level slog.Level
	if level.UnmarshalText([]byte(c.LogLevel)) != nil {
		return slog.LevelInfo
	}
	return level
}

// BaseURL returns the address that links and the token issuer start with,
// without a trailing slash: ExternalURL, or one made from the address that the
// server really listens on.
func (c Config) BaseURL(listening string) string {
	if c.ExternalURL != "" {
		return c.ExternalURL
	}
	host, port, err := net.SplitHostPort(listening)
	if err != nil {
		return "http://" + listening
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Secure reports whether browsers reach the server over TLS, so that cookies
// must not travel without it.
func (c Config) Secure() bool { return strings.HasPrefix(c.ExternalURL, "https://") }

// DatabaseName returns Database without its password, for log lines.
func (c Config) DatabaseName() string {
	if !strings.HasPrefix(c.Database, "postgres") {
		return c.Database
	}
	u, err := url.Parse(c.Database)
	if err != nil {
		return "postgres"
	}
	return u.Redacted()
}
