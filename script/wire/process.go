package wire

// What server and worker agree on when the process is started.
const (
	// ProcessName is the worker's argv[0]: it selects the hidden mode, and it is
	// what a process list shows.
	ProcessName = "flowbench-script-worker"
	// ProcessMark is set in a worker's environment.
	ProcessMark = "FLOWBENCH_SCRIPT_WORKER"
	// SoftMemory names the bound of the live heap in bytes.
	SoftMemory = "FLOWBENCH_SCRIPT_MEMORY"
	// ChannelFD is the worker's end of the socket pair.
	ChannelFD = 3
	// MailboxFD is the memory behind a Mailbox, on Linux.
	MailboxFD = 4
	// ExitMemory and ExitTimeout are the codes with which a worker ends itself
	// when native code does not stop at a limit.
	ExitMemory  = 3
	ExitTimeout = 4
)
