package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Kind is the look of a button, badge or banner.
type Kind string

// The kinds. Buttons know Primary, Danger and Quiet; badges and banners know
// OK, Warn, Danger and Info. The zero value is the plain look.
const (
	Plain   Kind = ""
	Primary Kind = "primary"
	Danger  Kind = "danger"
	Quiet   Kind = "quiet"
	OK      Kind = "ok"
	Warn    Kind = "warn"
	Info    Kind = "info"
)

// ButtonProps describes a button or, with Href, a link that looks like one.
type ButtonProps struct {
	Label    string
	Name     string // accessible name, if it must say more than Label; it must contain Label
	Kind     Kind
	Icon     string // see static/src/img/icons.svg
	IconOnly bool   // Label is then the accessible name only
	Type     string // "submit" if empty
	Href     string
	Keys     string // key hint, for example "Ctrl S"
	Pending  string // text while the form is on its way
	Disabled bool   // aria-disabled: focus stays
	Attrs    templ.Attributes
}

func (p ButtonProps) class() string {
	class := "button"
	if p.Kind != Plain {
		class += " button-" + string(p.Kind)
	}
	if p.IconOnly {
		class += " button-icon"
	}
	return class
}

func (p ButtonProps) buttonType() string {
	if p.Type == "" {
		return "submit"
	}
	return p.Type
}

func (p ButtonProps) accessibleName() string {
	if p.Name == "" && p.IconOnly {
		return p.Label
	}
	return p.Name
}

// FieldProps describes a labelled input.
type FieldProps struct {
	Name         string
	ID           string // Name if empty
	Label        string
	Type         string // "text" if empty
	Value        string
	Hint         string
	Error        string
	Autocomplete string
	Required     bool
	ReadOnly     bool
	Attrs        templ.Attributes // for the input itself
}

func (p FieldProps) id() string {
	if p.ID == "" {
		return p.Name
	}
	return p.ID
}

func (p FieldProps) inputType() string {
	if p.Type == "" {
		return "text"
	}
	return p.Type
}

// describedBy names the elements that hold hint and message.
func (p FieldProps) describedBy() string {
	var ids []string
	if p.Error != "" {
		ids = append(ids, p.id()+"-error")
	}
	if p.Hint != "" {
		ids = append(ids, p.id()+"-hint")
	}
	return strings.Join(ids, " ")
}

// state is what assistive technology hears besides the label.
func (p FieldProps) state() templ.Attributes {
	attrs := templ.Attributes{}
	if p.Error != "" {
		attrs["aria-invalid"] = "true"
	}
	if ids := p.describedBy(); ids != "" {
		attrs["aria-describedby"] = ids
	}
	return attrs
}

// password returns the field as one whose text is hidden.
func (p FieldProps) password() FieldProps {
	p.Type = "password"
	return p
}

// Option is one choice of a select. Options with the same Group stand together.
type Option struct {
	Value, Label, Group string
}

// SelectProps describes a labelled select; Value of the field is the choice.
type SelectProps struct {
	FieldProps
	Options []Option
}

// groups keeps the order of the options.
func (p SelectProps) groups() []optionGroup {
	var groups []optionGroup
	for _, o := range p.Options {
		if len(groups) == 0 || groups[len(groups)-1].label != o.Group {
			groups = append(groups, optionGroup{label: o.Group})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}

type optionGroup struct {
	label   string
	options []Option
}

// RadiosProps describes a labelled group of radio buttons.
type RadiosProps struct {
	Name    string
	Label   string
	Value   string
	Hint    string
	Options []Option
}

// CheckProps describes a labelled checkbox; its value is "on".
type CheckProps struct {
	Name    string
	ID      string
	Label   string
	Checked bool
	Hint    string
	Attrs   templ.Attributes
}

func (p CheckProps) id() string {
	if p.ID == "" {
		return p.Name
	}
	return p.ID
}

// Fault is one message about one field of a form; Field may be empty.
type Fault struct {
	Field, Message string
}

// Faults are the messages of a form that was refused.
type Faults []Fault

// On returns the message at the field, or "".
func (f Faults) On(field string) string {
	for _, fault := range f {
		if fault.Field == field {
			return fault.Message
		}
	}
	return ""
}

// DialogProps describes a native dialog, labelled by its heading.
type DialogProps struct {
	ID    string
	Title string
	Wide  bool
	Attrs templ.Attributes
}

// MenuProps describes a menu button with its menu. Label is the accessible
// name, for example "More for setClaims"; without Text only an icon is seen.
type MenuProps struct {
	ID    string
	Label string
	Text  string
	Icon  string // "more" if empty
}

func (p MenuProps) icon() string {
	if p.Icon == "" {
		return "more"
	}
	return p.Icon
}

// Column is one column of a table. Sort, if set, is the address that sorts by
// it; Sorted is "ascending", "descending" or "".
type Column struct {
	Label  string
	Hidden bool // the heading is for assistive technology only
	Number bool
	Sort   string
	Sorted string
	Frag   string // selector of the part that the sort link updates
}

// TableProps describes a table. Label is its accessible name.
type TableProps struct {
	Label   string
	Columns []Column
}
