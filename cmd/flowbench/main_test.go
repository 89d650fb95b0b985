package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// binary is the program as users get it, built once for all tests.
var binary string

func TestMain(m *testing.M) { os.Exit(withBinary(m)) }

func withBinary(m *testing.M) int {
	dir, err := os.MkdirTemp("", "flowbench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "flowbench")
	build := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, ".")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		return 1
	}
	return m.Run()
}

// workplace is an empty directory with a database that commands use.
type workplace struct {
	t   *testing.T
	dir string
	env []string
}

func newWorkplace(t *testing.T) *workplace {
	t.Helper()
	return &workplace{t: t, dir: t.TempDir()}
}

// command prepares the program in the workplace, without the variables of the
// machine that runs the tests.
func (w *workplace) command(args ...string) *exec.Cmd {
	c := exec.Command(binary, args...)
	c.Dir = w.dir
	c.Env = append([]string{"HOME=" + w.dir, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}, w.env...)
	return c
}

// answer is what one call of the program said.
type answer struct {
	code     int
	out, err string
}

func (w *workplace) run(args ...string) answer {
	w.t.Helper()
	var out, errs bytes.Buffer
	c := w.command(args...)
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatal(err)
	}
	return answer{c.ProcessState.ExitCode(), out.String(), errs.String()}
}

// json runs a command that must succeed and reads its answer.
func (w *workplace) json(into any, args ...string) {
	w.t.Helper()
	a := w.run(append(args, "--json")...)
	if a.code != exitDone {
		w.t.Fatalf("flowbench %v: exit code %d\n%s", args, a.code, a.err)
	}
	if err := json.Unmarshal([]byte(a.out), into); err != nil {
		w.t.Fatalf("flowbench %v: %v in\n%s", args, err, a.out)
	}
}

// write makes a file in the workplace.
func (w *workplace) write(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}
