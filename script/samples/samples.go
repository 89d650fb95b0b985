// Package samples holds the built-in sample contexts, one file per trigger, and
// what they refer to. Values are made up.
package samples

import "embed"

//go:embed *.json
var files embed.FS

// File returns the samples of a trigger, or nil. The name "shared" stands for
// the organizations and ID token claims that samples refer to.
func File(name string) []byte {
	text, err := files.ReadFile(name + ".json")
	if err != nil {
		return nil
	}
	return text
}
