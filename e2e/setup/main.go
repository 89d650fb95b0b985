// Command setup installs what the browser tests need and this machine lacks:
// the Playwright driver and axe-core as npm packages with pinned checksums, and
// a Chromium. Further arguments go to the driver, for example:
//
//	go run ./e2e/setup show-trace e2e/artifacts/TestX/trace.zip
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/playwright-community/playwright-go"

	"flowbench/e2e/machine"
)

// The checksums that the packages were published with.
var (
	driver = npmPackage{"playwright-core", machine.DriverVersion,
		"9bW6zvX/m0lEbgTKJ6YppOKx8H3VOPBMOCFh2irXFOT4BbHgrx5hPjwJYLT40Lu+4qtD36qKc/Hn56StUW57IA=="}
	axe = npmPackage{"axe-core", machine.AxeVersion,
		"FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="}
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "e2e/setup:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	dir, err := installDriver()
	if err != nil {
		return err
	}
	if err := installAxe(); err != nil {
		return err
	}
	if len(args) > 0 {
		return runDriver(dir, args...)
	}
	return installBrowser(dir)
}

// installDriver lays the driver out where playwright-go looks for it. The
// library's own downloader has no source any more, so it must find the driver;
// its Install then checks the version and mends one file.
func installDriver() (string, error) {
	dir, err := machine.DriverDir()
	if err != nil {
		return "", err
	}
	if !machine.Exists(filepath.Join(dir, "package", "cli.js")) {
		if err := driver.install(dir); err != nil {
			return "", err
		}
	}
	if err := machine.Node(dir); err != nil {
		return "", err
	}
	return dir, playwright.Install(&playwright.RunOptions{DriverDirectory: dir, SkipInstallBrowsers: true})
}

func installAxe() error {
	file, err := machine.AxeFile()
	if err != nil || machine.Exists(file) {
		return err
	}
	return axe.install(filepath.Dir(filepath.Dir(file)))
}

// installBrowser takes the browser of the machine, else Debian's, else
// Playwright's own.
func installBrowser(driverDir string) error {
	if machine.Chromium() != "" {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err == nil && os.Geteuid() == 0 {
		if err := installDebian("chromium", "fonts-liberation"); err == nil {
			return nil
		}
	}
	return runDriver(driverDir, "install", "chromium")
}

func installDebian(packages ...string) error {
	update := command("apt-get", "update", "-qq")
	install := command("apt-get", append([]string{"install", "-y", "-qq", "--no-install-recommends"}, packages...)...)
	install.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	return errors.Join(update.Run(), install.Run())
}

// runDriver hands a command to the driver's own command line.
func runDriver(dir string, args ...string) error {
	d, err := playwright.NewDriver(&playwright.RunOptions{DriverDirectory: dir})
	if err != nil {
		return err
	}
	c := d.Command(args...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	return c.Run()
}

// command writes what the program says to standard error, so that the output
// of a test run ends with that of the tests.
func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	return c
}
