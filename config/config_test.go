package config_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"flowbench/config"
)

// env makes a lookup function from pairs of name and value.
func env(pairs ...string) func(string) (string, bool) {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) (string, bool) { v, ok := m[name]; return v, ok }
}

func TestDefaultServesOnLoopbackWithSQLite(t *testing.T) {
	t.Parallel()
	want := config.Config{
		Listen: "127.0.0.1:8080", Database: "sqlite:flowbench.db", LogLevel: "info", LogFormat: "text",
		ScriptLimit: 10000, TestWorkers: 2, Queue: 256, ScriptMemory: 64, HTTPAnswerLimit: 1024,
		RunsKeepFor: 30 * 24 * time.Hour, RunsKeepCount: 10000,
		SessionIdle: 12 * time.Hour, SessionLifetime: 7 * 24 * time.Hour, ShutdownTimeout: 10 * time.Second,
	}
	if diff := cmp.Diff(want, config.Default()); diff != "" {
		t.Errorf("default (-want +got):\n%s", diff)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	secret := filepath.Join(t.TempDir(), "database")
	if err := os.WriteFile(secret, []byte("postgres://u:p@db/flow\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		flags  map[string]string
		lookup func(string) (string, bool)
		change func(*config.Config)
	}{
		"variable_wins_over_default": {nil, env("FLOWBENCH_LISTEN", "[::1]:0"),
			func(c *config.Config) { c.Listen = "[::1]:0" }},
		"flag_wins_over_variable": {map[string]string{"log-level": "debug"}, env("FLOWBENCH_LOG_LEVEL", "nonsense"),
			func(c *config.Config) { c.LogLevel = "debug" }},
		"secret_comes_from_file": {nil, env("FLOWBENCH_DATABASE_FILE", secret),
			func(c *config.Config) { c.Database = "postgres://u:p@db/flow" }},
		"list_is_split_at_commas": {nil, env("FLOWBENCH_TRUSTED_PROXIES", "10.0.0.0/8, ::1,"),
			func(c *config.Config) { c.TrustedProxies = []string{"10.0.0.0/8", "::1"} }},
		"days_are_a_duration": {map[string]string{"runs-keep-for": "90d"}, env(),
			func(c *config.Config) { c.RunsKeepFor = 90 * 24 * time.Hour }},
		"slash_after_external_url_is_dropped": {nil, env("FLOWBENCH_EXTERNAL_URL", "https://flows.example.com/"),
			func(c *config.Config) { c.ExternalURL = "https://flows.example.com" }},
		"switch_is_read": {nil, env("FLOWBENCH_DEMO", "true"),
			func(c *config.Config) { c.Demo = true }},
		"limit_at_its_edge": {map[string]string{"script-limit": "40000"}, env(),
			func(c *config.Config) { c.ScriptLimit = 40000 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := config.Default()
			tt.change(&want)
			got, err := config.Parse(tt.flags, tt.lookup)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("configuration (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ variable, value, want string }{
		"address_without_port":       {"FLOWBENCH_LISTEN", "localhost", `FLOWBENCH_LISTEN: "localhost" is not an address of the form host:port.`},
		"port_out_of_range":          {"FLOWBENCH_LISTEN", ":70000", `FLOWBENCH_LISTEN: "70000" is not a port number.`},
		"external_url_scheme":        {"FLOWBENCH_EXTERNAL_URL", "ftp://x", `FLOWBENCH_EXTERNAL_URL: "ftp://x" is not an address that starts with http:// or https://.`},
		"external_url_path":          {"FLOWBENCH_EXTERNAL_URL", "https://x/y", `FLOWBENCH_EXTERNAL_URL: "https://x/y" must have nothing after the host and port.`},
		"database_kind":              {"FLOWBENCH_DATABASE", "mysql://u:geheim@h/d", `FLOWBENCH_DATABASE: the value must start with sqlite: or postgres://.`},
		"database_path":              {"FLOWBENCH_DATABASE", "sqlite:", `FLOWBENCH_DATABASE: the path after sqlite: is missing.`},
		"postgres_address":           {"FLOWBENCH_DATABASE", "postgres://u:geheim@h:x/d", `FLOWBENCH_DATABASE: the PostgreSQL address cannot be read.`},
		"secret_file_missing":        {"FLOWBENCH_DATABASE_FILE", "/does/not/exist", `FLOWBENCH_DATABASE_FILE: cannot read the file /does/not/exist: no such file or directory.`},
		"short_secret":               {"FLOWBENCH_SECRET_KEY", "geheim", `FLOWBENCH_SECRET_KEY: the value must have at least 32 characters.`},
		"level":                      {"FLOWBENCH_LOG_LEVEL", "loud", `FLOWBENCH_LOG_LEVEL: "loud" is not debug, info, warn or error.`},
		"format":                     {"FLOWBENCH_LOG_FORMAT", "xml", `FLOWBENCH_LOG_FORMAT: "xml" is not text or json.`},
		"proxy_network":              {"FLOWBENCH_TRUSTED_PROXIES", "10.0.0.0/33", `FLOWBENCH_TRUSTED_PROXIES: "10.0.0.0/33" is neither an address nor a network such as 10.0.0.0/8.`},
		"script_limit_over":          {"FLOWBENCH_SCRIPT_LIMIT", "40001", `FLOWBENCH_SCRIPT_LIMIT: 40001 is not between 1 and 40000.`},
		"number":                     {"FLOWBENCH_WORKERS", "many", `FLOWBENCH_WORKERS: "many" is not a whole number.`},
		"switch":                     {"FLOWBENCH_DEMO", "perhaps", `FLOWBENCH_DEMO: "perhaps" is not true or false.`},
		"duration":                   {"FLOWBENCH_SESSION_IDLE", "soon", `FLOWBENCH_SESSION_IDLE: "soon" is not a duration such as 30s, 12h or 7d.`},
		"days":                       {"FLOWBENCH_RUNS_KEEP_FOR", "xd", `FLOWBENCH_RUNS_KEEP_FOR: "xd" is not a duration such as 30s, 12h or 7d.`},
		"negative_duration":          {"FLOWBENCH_RUNS_KEEP_FOR", "-1h", `FLOWBENCH_RUNS_KEEP_FOR: -1h is less than 0s.`},
		"lifetime_shorter_than_idle": {"FLOWBENCH_SESSION_LIFETIME", "90m", `FLOWBENCH_SESSION_LIFETIME: 1h30m is less than 12h.`},
		"denied_host":                {"FLOWBENCH_HTTP_DENY_LIST", "http://x", `FLOWBENCH_HTTP_DENY_LIST: "http://x" is not a host name, address or network.`},
		"allowed_host":               {"FLOWBENCH_HTTP_ALLOW_LIST", "x:80", `FLOWBENCH_HTTP_ALLOW_LIST: "x:80" is not a host name, address or network.`},
		"proxy":                      {"FLOWBENCH_HTTP_PROXY", "u:geheim@proxy:80", `FLOWBENCH_HTTP_PROXY: the value is not an http, https or socks5 address.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Parse(nil, env(tt.variable, tt.value))
			if err == nil || err.Error() != tt.want {
				t.Errorf("fault:\ngot  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestParseReportsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := config.Parse(map[string]string{"script-limit": "0"},
		env("FLOWBENCH_LISTEN", "x", "FLOWBENCH_WORKERS", "two", "FLOWBENCH_DATABASE", "a", "FLOWBENCH_DATABASE_FILE", "b"))
	want := config.Faults{
		"FLOWBENCH_DATABASE: set it or FLOWBENCH_DATABASE_FILE, not both.",
		`FLOWBENCH_WORKERS: "two" is not a whole number.`,
		`FLOWBENCH_LISTEN: "x" is not an address of the form host:port.`,
		"--script-limit: 0 is not between 1 and 40000.",
	}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestValidateChecksAConfigurationMadeByHand(t *testing.T) {
	t.Parallel()
	c := config.Default()
	if err := c.Validate(); err != nil {
		t.Errorf("default: %v", err)
	}
	c.Listen = ""
	if err := c.Validate(); err == nil || !strings.HasPrefix(err.Error(), "FLOWBENCH_LISTEN: ") {
		t.Errorf("empty address: got %v", err)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		external, listening, want string
		secure                    bool
	}{
		"external_url_decides":        {"https://flows.example.com", "127.0.0.1:8080", "https://flows.example.com", true},
		"loopback_is_kept":            {"", "127.0.0.1:41234", "http://127.0.0.1:41234", false},
		"all_interfaces_is_localhost": {"", "[::]:8080", "http://localhost:8080", false},
		"ipv6_keeps_brackets":         {"", "[::1]:8080", "http://[::1]:8080", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := config.Config{ExternalURL: tt.external}
			if got := c.BaseURL(tt.listening); got != tt.want {
				t.Errorf("BaseURL = %q, want %q", got, tt.want)
			}
			if c.Secure() != tt.secure {
				t.Errorf("Secure = %t, want %t", c.Secure(), tt.secure)
			}
		})
	}
}

func TestLevelIsSlogs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError} {
		if got := (config.Config{LogLevel: text}).Level(); got != want {
			t.Errorf("%s = %v, want %v", text, got, want)
		}
	}
}

func TestDatabaseNameHidesThePassword(t *testing.T) {
	t.Parallel()
	c := config.Config{Database: "postgres://u:geheim@db/flow"}
	if got, want := c.DatabaseName(), "postgres://u:xxxxx@db/flow"; got != want {
		t.Errorf("DatabaseName = %q, want %q", got, want)
	}
}

func TestEverySettingIsComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range config.Settings() {
		if s.Name == "" || !strings.HasSuffix(s.Usage, ".") || seen[s.Name] {
			t.Errorf("setting %+v: the name must be there once, the usage end with a full stop", s)
		}
		seen[s.Name] = true
	}
}
