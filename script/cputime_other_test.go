//go:build !linux

package script_test

import "time"

var benchBegun = time.Now()

// cpuTime stands in with wall time where the processor time of other processes
// cannot be read.
func cpuTime() time.Duration { return time.Since(benchBegun) }
