// Package machine finds what the browser tests need from the machine they run
// on: the Playwright driver, a node to run it, a Chromium and axe-core. The
// setup command puts there what is missing; the tests only look.
package machine

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
)

// Versions that belong together: the driver is the one that the required
// version of playwright-go asks for.
const (
	DriverVersion = "1.60.0"
	AxeVersion    = "4.14.1"
)

// ErrMissing says that the setup command has to run first.
var ErrMissing = errors.New("not found; run: go run ./e2e/setup")

// DriverDir is where playwright-go looks for the driver.
func DriverDir() (string, error) {
	if dir := os.Getenv("PLAYWRIGHT_DRIVER_PATH"); dir != "" {
		return dir, nil
	}
	return inCache("ms-playwright-go", DriverVersion)
}

// AxeFile is the script of axe-core.
func AxeFile() (string, error) {
	return inCache("flowbench-e2e", "axe-core-"+AxeVersion, "package", "axe.min.js")
}

func inCache(parts ...string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(append([]string{cache}, parts...)...), nil
}

// Node makes playwright-go run the driver with the node of this machine, unless
// the environment or the driver directory brings one.
func Node(driverDir string) error {
	if os.Getenv("PLAYWRIGHT_NODEJS_PATH") != "" || Exists(filepath.Join(driverDir, "node")) {
		return nil
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return errors.New("node (version 18 or newer) is not on this machine")
	}
	return os.Setenv("PLAYWRIGHT_NODEJS_PATH", node)
}

// Chromium returns the browser that E2E_CHROMIUM names or that is installed on
// this machine, or "" for Playwright's own.
func Chromium() string {
	if path := os.Getenv("E2E_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Exists reports whether there is a file or folder of that name.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
