//go:build !linux

package worker

import "time"

func pause(d time.Duration) { time.Sleep(d) }
