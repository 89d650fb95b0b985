// Package text holds every text that people read in the console, one catalogue
// per language, keyed by meaning.
//
// A catalogue is a folder (en, de) with one JSON file per area of the console. A
// file holds one flat object from full key to pattern, and every key starts
// with the name of its file: board.json holds "board.announce.moved". Patterns
// know placeholders and plurals in the way of ICU:
//
//	"{name} removed from {lane}."
//	"{n, plural, =0 {No actions} one {# action} other {# actions}}"
//
// Numbers are written the way of the language, everything else as it is.
//
//	t := text.In("en")
//	t.S("board.announce.removed", "name", a.Name, "lane", lane)
//
// Arguments alternate names and values. A key that does not exist shows as the
// key itself; a test reads the sources of the console and fails on such keys.
// Texts that scripts of the browser need travel with the page: a handler puts
// t.Group("board.announce") into layout.Shell.Texts, and js/text.js reads them.
//
// The language "qps" is a pseudo language made from English at start, for tests: accents,
// brackets and longer words show untranslated strings and breaking layouts.
package text
