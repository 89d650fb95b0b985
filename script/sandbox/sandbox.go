package sandbox

import "time"

// HardMemory is how much address space the process may add to what it has when
// the sandbox closes.
const HardMemory = 256 << 20

// Layer is one containment layer and whether it holds.
type Layer struct {
	Name   string
	On     bool
	Detail string // why it is off, or what it bounds
}

// Report is what Close achieved.
type Report struct {
	Layers       []Layer
	AddressSpace uint64 // of the process before it was bounded, in bytes; 0 = unknown
}

// Close applies every layer that the platform has. A layer that fails is
// reported, never an error: runs still work, and kill limits still hold.
func Close() Report {
	// The zone's file cannot be read later.
	_ = time.Now().Local().String()
	return closeAll()
}

func on(name, detail string) Layer { return Layer{Name: name, On: true, Detail: detail} }

func layer(name string, err error, detail string) Layer {
	if err != nil {
		return Layer{Name: name, Detail: err.Error()}
	}
	return on(name, detail)
}
