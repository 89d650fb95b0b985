package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The sandbox has no way back, so each test looks at a child process that
// closed it and tried things.
const probeVar = "FLOWBENCH_SANDBOX_PROBE"

func TestMain(m *testing.M) {
	if os.Getenv(probeVar) != "" {
		probe()
		return
	}
	os.Exit(m.Run())
}

// findings is what the child reports.
type findings struct {
	Report   Report
	Errors   map[string]string
	Computed int
}

func probe() {
	f := findings{Report: Close(), Errors: map[string]string{}}
	// Threads that exist already and threads that come later must be caught.
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			runtime.LockOSThread()
			time.Sleep(time.Millisecond)
		})
	}
	wg.Wait()
	for name, attempt := range attempts() {
		f.Errors[name] = text(attempt())
	}
	f.Computed = compute()
	text, _ := json.Marshal(f)
	_, _ = os.Stdout.Write(text)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// mptcp is a protocol that Landlock alone lets through.
const mptcp = 262

func attempts() map[string]func() error {
	socket := func(family, kind, protocol int) func() error {
		return func() error { _, err := unix.Socket(family, kind, protocol); return err }
	}
	return map[string]func() error{
		"read a file":        func() error { _, err := os.ReadFile("/etc/hostname"); return err },
		"list a directory":   func() error { _, err := os.ReadDir("/"); return err },
		"write a file":       func() error { return os.WriteFile("/tmp/flowbench-probe", []byte("x"), 0o600) },
		"remove a file":      func() error { return os.Remove("/tmp/flowbench-probe-none") },
		"tcp socket":         socket(unix.AF_INET, unix.SOCK_STREAM, 0),
		"udp socket":         socket(unix.AF_INET6, unix.SOCK_DGRAM, 0),
		"multipath tcp":      socket(unix.AF_INET, unix.SOCK_STREAM, mptcp),
		"unix socket":        socket(unix.AF_UNIX, unix.SOCK_STREAM, 0),
		"netlink socket":     socket(unix.AF_NETLINK, unix.SOCK_RAW, 0),
		"dial":               func() error { _, err := net.Dial("tcp", "127.0.0.1:9"); return err },
		"start a program":    func() error { return exec.Command("/bin/true").Run() },
		"exec":               func() error { return unix.Exec("/bin/true", []string{"true"}, nil) },
		"fork":               fork,
		"trace the parent":   func() error { return unix.PtraceAttach(os.Getppid()) },
		"signal the parent":  func() error { return unix.Kill(os.Getppid(), 0) },
		"thread of another":  func() error { return unix.Tgkill(os.Getppid(), os.Getppid(), 0) },
		"executable memory":  executable,
		"memory file":        func() error { _, err := unix.MemfdCreate("x", 0); return err },
		"raise the limits":   func() error { return unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: 1 << 40, Max: 1 << 40}) },
		"change the owner":   func() error { return unix.Setuid(65534) },
		"new name space":     func() error { return unix.Unshare(unix.CLONE_NEWUSER) },
		"read other memory":  readOther,
		"open by descriptor": func() error { _, err := unix.Openat(3, ".", unix.O_RDONLY, 0); return err },
		"io_uring":           func() error { _, _, e := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, 0, 0); return errno(e) },
		"bpf":                func() error { _, _, e := unix.Syscall(unix.SYS_BPF, 0, 0, 0); return errno(e) },
		"keyring": func() error {
			_, err := unix.KeyctlInt(unix.KEYCTL_GET_KEYRING_ID, unix.KEY_SPEC_SESSION_KEYRING, 0, 0, 0)
			return err
		},
	}
}

func errno(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

func fork() error {
	pid, _, e := unix.RawSyscall(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0)
	if e == 0 && pid == 0 {
		unix.Exit(0)
	}
	return errno(e)
}

func executable() error {
	b, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_WRITE|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err == nil {
		_ = unix.Munmap(b)
	}
	return err
}

func readOther() error {
	buf := make([]byte, 8)
	_, err := unix.ProcessVMReadv(os.Getppid(), []unix.Iovec{{Base: &buf[0], Len: 8}}, []unix.RemoteIovec{{Base: 4096, Len: 8}}, 0)
	return err
}

// compute needs new threads, timers, the collector and the local time.
func compute() int {
	var wg sync.WaitGroup
	sums := make([]int, 16)
	for i := range sums {
		wg.Go(func() {
			runtime.LockOSThread()
			for j := range 1000 {
				sums[i] += len(fmt.Sprint(time.Now().Local(), j))
			}
			time.Sleep(time.Millisecond)
		})
	}
	wg.Wait()
	runtime.GC()
	count := 0
	for _, s := range sums {
		if s > 0 {
			count++
		}
	}
	return count
}

func runProbe(t *testing.T) findings {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), probeVar+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("probe: %v", err)
	}
	var f findings
	if err := json.Unmarshal(out, &f); err != nil {
		t.Fatalf("probe said %q: %v", out, err)
	}
	return f
}

func TestClose(t *testing.T) {
	t.Parallel()
	f := runProbe(t)
	on := map[string]bool{}
	for _, l := range f.Report.Layers {
		on[l.Name] = l.On
		t.Logf("%s: on %v, %s", l.Name, l.On, l.Detail)
	}
	if !on[Limits] {
		t.Error("limits are off on Linux")
	}
	if !on[Seccomp] {
		t.Skip("this system has no seccomp; what it forbids cannot be tested")
	}
	for name := range attempts() {
		t.Run(name+" is refused", func(t *testing.T) {
			t.Parallel()
			if got, ok := f.Errors[name]; !ok || got == "" {
				t.Error("it worked")
			}
		})
	}
	if f.Computed != 16 {
		t.Errorf("%d of 16 threads could compute", f.Computed)
	}
	if f.Report.AddressSpace == 0 {
		t.Error("address space is not reported")
	}
}

func TestFilterEndsInRefusal(t *testing.T) {
	t.Parallel()
	p := program()
	if last := p[len(p)-1]; last.K != retErrno(unix.EPERM) {
		t.Errorf("last instruction is %+v, want a refusal", last)
	}
	for _, number := range []uint32{unix.SYS_SOCKET, unix.SYS_OPENAT, unix.SYS_EXECVE, unix.SYS_PTRACE, unix.SYS_CONNECT, unix.SYS_KILL} {
		for _, a := range allowed {
			if a == number {
				t.Errorf("system call %d is allowed", number)
			}
		}
	}
}

func TestLayerTellsWhyItIsOff(t *testing.T) {
	t.Parallel()
	got := layer(Seccomp, errors.New("no such thing"), "detail")
	if want := (Layer{Name: Seccomp, Detail: "no such thing"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
