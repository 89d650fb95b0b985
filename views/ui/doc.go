// Package ui holds the parts that pages are made of: button, field, table,
// dialog, menu, badge, icon, empty state, times. Parts take texts and plain
// values and know nothing of actions, flows or people.
//
//	@ui.Button(ui.ButtonProps{Label: t.S("common.save"), Kind: ui.Primary, Pending: t.S("common.saving")})
//	@ui.Field(ui.FieldProps{Name: "name", Label: …, Value: p.Name, Hint: …, Error: p.Faults.On("name")})
//	@ui.Summary(t, p.Faults)                       // at the top of a form that was refused
//	@ui.Dialog(ui.DialogProps{ID: "delete", Title: …}) { … @ui.DialogActions() { … } }
//	@ui.DialogButton("delete", ui.ButtonProps{…})  // opens it, without script too
//	@ui.Menu(ui.MenuProps{ID: "m1", Label: t.S("common.more_for", "name", a.Name)}) { @ui.MenuLink(…) @ui.MenuButton(…) }
//	@ui.Table(ui.TableProps{Label: …, Columns: []ui.Column{{Label: …}}}) { @ui.Row() { @ui.HeadCell() {…} @ui.Cell("State") {…} } }
//	@ui.Ago(t, now, at)
//
// Rules: no style attribute, no inline script, no on…= attribute; an icon is
// decoration beside a text or inside a labelled button; a field always has a
// label and its messages are tied to it. Ids of fields equal their names unless
// ID is given. A form that updates a part of the page carries data-frag (see
// js/lib/fragment.js); an element with data-focus takes the focus after that.
package ui
