package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// server is a running flowbench on a free port.
type server struct {
	*workplace
	greeting
	process *exec.Cmd
	log     *strings.Builder
	done    chan error
}

// serve starts the server and waits for its greeting.
func (w *workplace) serve(args ...string) *server {
	w.t.Helper()
	s := &server{workplace: w, log: &strings.Builder{}, done: make(chan error, 1)}
	s.process = w.command(append([]string{"serve", "--listen", "127.0.0.1:0", "--json"}, args...)...)
	s.process.Stderr = s.log
	out, err := s.process.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.process.Process.Kill() })
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&s.greeting); err != nil {
		_ = s.process.Wait()
		w.t.Fatalf("no greeting (%v); the server said:\n%s", err, s.log)
	}
	go func() { s.done <- s.process.Wait() }()
	return s
}

// stop sends the signal and returns the exit code.
func (s *server) stop(signal os.Signal) int {
	s.t.Helper()
	if err := s.process.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		s.t.Fatalf("the server did not stop:\n%s", s.log)
	}
	return s.process.ProcessState.ExitCode()
}

// get returns status and body of an address of the server.
func (s *server) get(path string) (int, string) {
	s.t.Helper()
	response, err := http.Get(s.Address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServeStartsAnswersAndStops(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]os.Signal{"interrupt": os.Interrupt, "terminate": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWorkplace(t).serve()
			for _, path := range []string{"/healthz", "/readyz"} {
				if status, body := s.get(path); status != http.StatusOK {
					t.Errorf("%s = %d %s", path, status, body)
				}
			}
			if code := s.stop(signal); code != exitDone {
				t.Errorf("exit code %d\n%s", code, s.log)
			}
		})
	}
}

func TestServeWithoutConfigurationMakesADatabaseInTheWorkingDirectory(t *testing.T) {
	t.Parallel()
	s := newWorkplace(t).serve()
	if _, err := os.Stat(s.dir + "/flowbench.db"); err != nil {
		t.Error(err)
	}
}

func TestServeOffersTheSetupLinkUntilItIsUsed(t *testing.T) {
	t.Parallel()
	s := newWorkplace(t).serve()
	if !strings.HasPrefix(s.Setup, s.Address+"/setup?code=") {
		t.Fatalf("set-up link %q does not start at %s", s.Setup, s.Address)
	}
	if status, _ := s.get(strings.TrimPrefix(s.Setup, s.Address)); status != http.StatusOK {
		t.Errorf("the set-up link answers %d", status)
	}
	if status, _ := s.get("/setup?code=guessed"); status == http.StatusOK {
		t.Error("another code is accepted")
	}
}

func TestServeUsesTheExternalURLInItsLinks(t *testing.T) {
	t.Parallel()
	s := newWorkplace(t).serve("--external-url", "https://flows.example.com/")
	if s.Address != "https://flows.example.com" || !strings.HasPrefix(s.Setup, "https://flows.example.com/setup?code=") {
		t.Errorf("greeting %+v", s.greeting)
	}
}

func TestDemoFillsAnEmptyDatabaseOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	s := w.serve("--demo")
	if s.Name == "" || s.Password == "" || s.Setup != "" {
		t.Errorf("greeting %+v", s.greeting)
	}
	s.stop(os.Interrupt)
	if a := w.run("serve", "--demo", "--listen", "127.0.0.1:0"); a.code != exitFailed || !strings.HasPrefix(a.err, "flowbench: The database has content already.") {
		t.Errorf("second fill: %+v", a)
	}
	if again := w.serve(); again.Setup != "" || again.Password != "" {
		t.Errorf("start without --demo: %+v", again.greeting)
	}
}

func TestServeExplainsWhyItCannotStart(t *testing.T) {
	t.Parallel()
	taken := newWorkplace(t).serve()
	address := strings.TrimPrefix(taken.Address, "http://")
	w := newWorkplace(t)
	w.write("text.db", strings.Repeat("this is not a database\n", 100))
	for name, tt := range map[string]struct {
		args []string
		code int
		want []string
	}{
		"port_taken": {[]string{"--listen", address}, exitFailed, []string{"flowbench: " + address + " is in use by another program; choose another address with --listen.\n"}},
		"no_database": {[]string{"--listen", "127.0.0.1:0", "--database", "sqlite:text.db"}, exitFailed,
			[]string{"flowbench: ", "sqlite:text.db", "not a database"}},
		"no_directory": {[]string{"--listen", "127.0.0.1:0", "--database", "sqlite:missing/flow.db"}, exitFailed,
			[]string{"flowbench: ", "sqlite:missing/flow.db", "no such file or directory"}},
		"all_faults": {[]string{"--listen", "here", "--log-level", "loud", "--script-limit", "50000"}, exitUsage,
			[]string{"flowbench: the configuration is not valid:\n", "--listen: ", "--log-level: ", "--script-limit: "}},
		"unknown_flag":    {[]string{"--lisen", "x"}, exitUsage, []string{"unknown flag: --lisen", "Run 'flowbench --help' for usage."}},
		"unknown_command": {[]string{"sevre"}, exitUsage, []string{`unknown command "sevre"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := w.run(tt.args...)
			if a.code != tt.code || a.out != "" {
				t.Errorf("exit code %d, want %d; standard output %q", a.code, tt.code, a.out)
			}
			for _, part := range tt.want {
				if !strings.Contains(a.err, part) {
					t.Errorf("%q is not in:\n%s", part, a.err)
				}
			}
			if lines := strings.Count(a.err, "\n"); tt.code == exitFailed && lines != 1 {
				t.Errorf("%d lines instead of one sentence:\n%s", lines, a.err)
			}
		})
	}
}

// TestASecondSignalExitsAtOnce keeps the first stop waiting for a request that
// never ends.
func TestASecondSignalExitsAtOnce(t *testing.T) {
	t.Parallel()
	s := newWorkplace(t).serve("--shutdown-timeout", "1h")
	s.hang()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-s.done:
			if code := s.process.ProcessState.ExitCode(); code == exitDone {
				t.Error("the request was not waited for")
			}
			return
		case <-again.C:
			_ = s.process.Process.Signal(os.Interrupt)
		}
	}
}

// hang sends half a request; when it returns, the server waits for the rest.
func (s *server) hang() {
	s.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.Address, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	head := "POST /management/v1/actions HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n"
	if _, err := io.WriteString(conn, head); err != nil {
		s.t.Fatal(err)
	}
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		s.t.Fatalf("the server does not read the body: %q, %v", line, err)
	}
}
