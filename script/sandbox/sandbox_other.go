//go:build !linux

package sandbox

import "runtime"

func closeAll() Report {
	why := "not available on " + runtime.GOOS
	return Report{Layers: []Layer{
		{Name: Limits, Detail: why}, {Name: Landlock, Detail: why}, {Name: Seccomp, Detail: why},
	}}
}
