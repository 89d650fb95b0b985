package sandbox

// The names of the layers, as start log and console show them.
const (
	Limits   = "limits"
	Landlock = "landlock"
	Seccomp  = "seccomp"
)
