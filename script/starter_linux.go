package script

import "syscall"

// executable is the running binary even when its file was replaced meanwhile.
func executable() (string, error) { return "/proc/self/exe", nil }

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
