//go:build e2e

package e2e

import "flowbench/views/link"

var helpScreens = []screen{
	{name: "help", show: func(b *bench) { b.visit(link.Help("")); b.heading("Help") }},
	{name: "help API", show: func(b *bench) { b.visit(link.HelpAPI()); b.heading("API reference") }},
}
