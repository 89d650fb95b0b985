//go:build !linux

package worker

import "flowbench/script/wire"

func mailbox() *wire.Mailbox { return nil }
