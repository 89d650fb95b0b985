// Package layout draws the frame around every page: skip link, banner,
// navigation, main, live regions. A handler builds the Shell and passes it as
// an argument; templates read nothing from the context.
//
//	templ List(shell layout.Shell, p ListProps) {
//		@layout.Page(shell) {
//			@layout.Head(shell, shell.Title) { … buttons … }
//			@Rows(shell, p)
//		}
//	}
//
// A page of its own script names its entry in Shell.Script and the texts that
// the script needs in Shell.Texts (text.T.Group). The navigation holds what the
// handler put into Shell.Nav; an entry the user may not read is left out.
package layout
