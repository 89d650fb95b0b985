//go:build !linux

package script

import (
	"os"

	"flowbench/script/wire"
)

// newMailbox has nothing to offer here: workers write each effect at once.
func newMailbox() (*wire.Mailbox, *os.File, error) { return nil, nil, nil }
