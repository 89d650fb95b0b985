// Package docs embeds the documents that people can read without a network.
package docs

import "embed"

// Files are the documents, by file name.
//
//go:embed *.md
var Files embed.FS
