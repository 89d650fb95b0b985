package types

import (
	"embed"

	"flowbench/models"
)

//go:embed *.d.ts
var files embed.FS

// File returns the checked-in declaration file of a trigger.
func File(slug models.Slug) ([]byte, error) { return files.ReadFile(string(slug) + ".d.ts") }
