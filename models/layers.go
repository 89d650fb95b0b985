package models

// Layer is one containment layer around scripts and whether it holds on this
// machine.
type Layer struct {
	Name   string
	On     bool
	Detail string // why it is off, or what it limits
}
