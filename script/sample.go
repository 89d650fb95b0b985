package script

import (
	"flowbench/models"
	"flowbench/script/vm"
)

// SampleContext is a built-in context of a trigger, for trying scripts.
type SampleContext = vm.SampleContext

// Samples returns the built-in contexts of a trigger, the usual one first.
func Samples(trigger models.Slug) []SampleContext { return vm.Samples(trigger) }
