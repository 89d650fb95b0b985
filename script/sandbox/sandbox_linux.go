package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"strconv"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// closeAll works from the coarse to the fine: seccomp comes last because it
// forbids the calls that the other layers need.
func closeAll() Report {
	size, err := addressSpace()
	r := Report{AddressSpace: size}
	if err == nil {
		err = setLimits(size)
	}
	r.Layers = append(r.Layers, layer(Limits, err, fmt.Sprintf("%d MiB beyond the start size, no files, no core", (HardMemory*raceFactor)>>20)))
	r.Layers = append(r.Layers, restrictPaths())
	r.Layers = append(r.Layers, layer(Seccomp, filterSyscalls(), "system calls by allow list"))
	return r
}

func addressSpace() (uint64, error) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	first, _, _ := bytes.Cut(text, []byte(" "))
	pages, err := strconv.ParseUint(string(first), 10, 64)
	return pages * uint64(os.Getpagesize()), err
}

// maxFiles leaves room for the standard descriptors, the channel and what the
// Go runtime opens for its poller.
const maxFiles = 16

func setLimits(size uint64) error {
	for _, limit := range []struct {
		name     string
		resource int
		max      uint64
	}{
		{"address space", unix.RLIMIT_AS, size + HardMemory*raceFactor},
		{"core size", unix.RLIMIT_CORE, 0},
		{"file size", unix.RLIMIT_FSIZE, 0},
		{"descriptors", unix.RLIMIT_NOFILE, maxFiles},
	} {
		if err := unix.Setrlimit(limit.resource, &unix.Rlimit{Cur: limit.max, Max: limit.max}); err != nil {
			return fmt.Errorf("limit %s: %w", limit.name, err)
		}
	}
	return nil
}

func restrictPaths() Layer {
	abi, err := ll.LandlockGetABIVersion()
	if err != nil || abi == 0 {
		return Layer{Name: Landlock, Detail: "not supported by this kernel"}
	}
	err = landlock.V11.BestEffort().Restrict()
	return layer(Landlock, err, fmt.Sprintf("nothing allowed, version %d", abi))
}
