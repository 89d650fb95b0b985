package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Offsets into the kernel's struct seccomp_data on little-endian machines.
const (
	offsetNumber = 0
	offsetArch   = 4
	offsetArgs   = 16
)

// filterSyscalls puts the allow list on all threads, those of cgo included.
// Anything else fails with "operation not permitted", so that a library that
// probes for a call carries on without it.
func filterSyscalls() error {
	if auditArch == 0 {
		return fmt.Errorf("no allow list for %s", runtime.GOARCH)
	}
	// The attribute is per thread; installing the filter with TSYNC passes it on.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	filter := program()
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	thread, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(filter)
	if errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	if thread != 0 {
		return fmt.Errorf("seccomp: thread %d cannot be reached", thread)
	}
	return nil
}

// program builds the filter: wrong architecture kills, special cases look at
// arguments, the list allows, the rest is refused.
func program() []unix.SockFilter {
	var p assembler
	p.load(offsetArch)
	p.ifNot(auditArch, retKill)
	p.load(offsetNumber)
	if x32Bit != 0 {
		p.ifAtLeast(x32Bit, retKill)
	}
	// glibc falls back to clone, whose flags can be looked at.
	p.ifIs(unix.SYS_CLONE3, retErrno(unix.ENOSYS))
	// The runtime names its mappings and stops trying on this answer.
	p.ifIs(unix.SYS_PRCTL, retErrno(unix.EINVAL))
	p.argument(unix.SYS_CLONE, 0, unix.CLONE_THREAD, true)
	p.argument(unix.SYS_MMAP, 2, unix.PROT_EXEC, false)
	p.argument(unix.SYS_MPROTECT, 2, unix.PROT_EXEC, false)
	p.argumentIs(unix.SYS_TGKILL, 0, uint32(os.Getpid()))
	for _, number := range allowed {
		p.ifIs(number, unix.SECCOMP_RET_ALLOW)
	}
	p.ret(retErrno(unix.EPERM))
	return p
}

const retKill = uint32(unix.SECCOMP_RET_KILL_PROCESS)

func retErrno(errno unix.Errno) uint32 { return unix.SECCOMP_RET_ERRNO | uint32(errno) }

// assembler appends instructions of the classic packet filter.
type assembler []unix.SockFilter

func (p *assembler) add(code uint16, k uint32, yes, no uint8) {
	*p = append(*p, unix.SockFilter{Code: code, Jt: yes, Jf: no, K: k})
}

func (p *assembler) load(offset uint32) { p.add(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, offset, 0, 0) }

func (p *assembler) ret(value uint32) { p.add(unix.BPF_RET|unix.BPF_K, value, 0, 0) }

func (p *assembler) ifIs(number, then uint32) {
	p.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, number, 0, 1)
	p.ret(then)
}

func (p *assembler) ifNot(value, then uint32) {
	p.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, value, 1, 0)
	p.ret(then)
}

func (p *assembler) ifAtLeast(value, then uint32) {
	p.add(unix.BPF_JMP|unix.BPF_JGE|unix.BPF_K, value, 0, 1)
	p.ret(then)
}

// argument allows the call when the bits are set in its argument, or, with
// want false, when none of them is.
func (p *assembler) argument(number, arg, bits uint32, want bool) {
	allow, refuse := uint32(unix.SECCOMP_RET_ALLOW), retErrno(unix.EPERM)
	if !want {
		allow, refuse = refuse, allow
	}
	p.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, number, 0, 4)
	p.load(offsetArgs + 8*arg)
	p.add(unix.BPF_JMP|unix.BPF_JSET|unix.BPF_K, bits, 0, 1)
	p.ret(allow)
	p.ret(refuse)
}

// argumentIs allows the call when the lower half of its argument is the value.
func (p *assembler) argumentIs(number, arg, value uint32) {
	p.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, number, 0, 4)
	p.load(offsetArgs + 8*arg)
	p.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, value, 0, 1)
	p.ret(unix.SECCOMP_RET_ALLOW)
	p.ret(retErrno(unix.EPERM))
}
