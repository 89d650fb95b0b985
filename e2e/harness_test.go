//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"flowbench/e2e/machine"
	"flowbench/script/worker"
)

// The driver and the browser are shared by the package; each test has a server,
// a database and a browser context of its own.
var (
	pw      *playwright.Playwright
	browser playwright.Browser
	expect  = playwright.NewPlaywrightAssertions(10_000)
)

func TestMain(m *testing.M) {
	worker.Enter() // this binary is also the process that runs scripts
	os.Exit(run(m))
}

// run exists because deferred calls do not happen around os.Exit.
func run(m *testing.M) int {
	stop, err := start()
	if err != nil {
		return skipOrFail(err)
	}
	defer stop()
	return m.Run()
}

// start runs the driver and the browser.
func start() (stop func(), err error) {
	dir, err := machine.DriverDir()
	if err != nil {
		return nil, err
	}
	if !machine.Exists(filepath.Join(dir, "package", "cli.js")) {
		return nil, fmt.Errorf("the Playwright driver: %w", machine.ErrMissing)
	}
	if err := machine.Node(dir); err != nil {
		return nil, err
	}
	options := &playwright.RunOptions{DriverDirectory: dir, SkipInstallBrowsers: true,
		Logger: slog.New(slog.DiscardHandler), Stdout: io.Discard}
	if pw, err = playwright.Run(options); err != nil {
		return nil, err
	}
	browser, err = pw.Chromium.Launch(launchOptions())
	if err != nil {
		return nil, errors.Join(err, pw.Stop())
	}
	return func() { _ = errors.Join(browser.Close(), pw.Stop()) }, nil
}

func launchOptions() playwright.BrowserTypeLaunchOptions {
	o := playwright.BrowserTypeLaunchOptions{Headless: playwright.Bool(os.Getenv("E2E_HEADED") == "")}
	if path := machine.Chromium(); path != "" {
		o.ExecutablePath = playwright.String(path)
	}
	var slow float64
	if _, err := fmt.Sscan(os.Getenv("E2E_SLOWMO"), &slow); err == nil {
		o.SlowMo = playwright.Float(slow)
	}
	return o
}

// skipOrFail says why there are no browser tests here. Where they are required
// that is a failure.
func skipOrFail(err error) int {
	fmt.Fprintln(os.Stderr, "e2e: no browser tests:", err)
	if os.Getenv("E2E") == "require" {
		return 1
	}
	return 0
}

// cspProbe reports violations of the content security policy, also those that
// the console does not show.
const cspProbe = `document.addEventListener('securitypolicyviolation',
  e => globalThis.reportViolation([e.violatedDirective, e.blockedURI, e.sourceFile + ':' + e.lineNumber, e.sample].join(' ')));`

// guard fails the test for anything that a person would only see in the
// browser's tools: console errors, exceptions, policy violations.
func (b *bench) guard(p playwright.Page) error {
	p.OnConsole(func(m playwright.ConsoleMessage) {
		if m.Type() == "error" && !b.expected(m.Text()) {
			b.t.Errorf("console: %s", m.Text())
		}
	})
	p.OnPageError(func(err error) { b.t.Errorf("page error: %v", err) })
	err := p.ExposeFunction("reportViolation", func(args ...any) any {
		b.t.Errorf("content security policy: %v", args)
		return nil
	})
	return errors.Join(err, p.AddInitScript(playwright.Script{Content: playwright.String(cspProbe)}))
}

func (b *bench) expected(text string) bool {
	for _, part := range b.noise {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// finish keeps what helps to understand a failure and closes the context.
func (b *bench) finish() {
	if b.t.Failed() || os.Getenv("E2E_TRACE") == "all" {
		_ = b.context.Tracing().Stop(artifact(b.t, "trace.zip"))
		_, _ = b.Page.Screenshot(playwright.PageScreenshotOptions{Path: playwright.String(artifact(b.t, "last.png"))})
		b.t.Logf("trace: go run ./e2e/setup show-trace %s", artifact(b.t, "trace.zip"))
	} else {
		_ = b.context.Tracing().Stop()
	}
	_ = b.context.Close()
}

// artifact names a file of the test in a folder that git ignores.
func artifact(t *testing.T, name string) string {
	dir, err := filepath.Abs(filepath.Join("artifacts", filepath.FromSlash(t.Name())))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// must ends the test when a step was not possible.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
