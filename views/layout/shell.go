package layout

import (
	"encoding/json"
	"strings"
	"time"

	"flowbench/views/text"
)

// Section is an entry of the navigation.
type Section string

// The sections, in the order of the navigation.
const (
	Overview Section = "overview"
	Actions  Section = "actions"
	Flows    Section = "flows"
	Runs     Section = "runs"
	Audit    Section = "audit"
	Transfer Section = "transfer"
	Access   Section = "access"
	Settings Section = "settings"
	NoPage   Section = "" // a page outside of the navigation
)

// Shell is everything that the frame shows around a page.
type Shell struct {
	T        text.T
	Title    string // name of the page, in the language of T
	Section  Section
	Theme    string // "", "light", "dark"
	User     User   // the zero value is nobody
	Org      Org    // the zero value is none
	Orgs     []Org  // those the user may switch to
	Nav      []NavItem
	Crumbs   []Crumb
	Flash    string // what the last request did, in words
	Script   string // entry besides console.js, for example "js/board.js"
	Texts    map[string]string
	Now      time.Time
	Editable bool // the user may change what the page shows
}

// User is who is signed in.
type User struct {
	ID, Name string
}

// Org is an organization as the frame shows it. Href leads to the same section
// there.
type Org struct {
	ID, Name, Label, Href string
}

// NavItem is one link of the navigation.
type NavItem struct {
	Section Section
	Label   string
	Href    string
}

// Crumb is one link of the path above the heading; without Href it is the page
// itself.
type Crumb struct {
	Label, Href string
}

// production reports whether the organization must stand out.
func (o Org) production() bool { return strings.EqualFold(o.Label, "production") }

func (s Shell) documentTitle() string {
	if s.Org.ID == "" {
		return s.T.S("layout.title_plain", "page", s.Title)
	}
	return s.T.S("layout.title", "page", s.Title, "org", s.Org.Name)
}

// scriptTexts are the texts of the page's scripts, those of every page included.
func (s Shell) scriptTexts() string {
	all := s.T.Group("script")
	for key, pattern := range s.Texts {
		all[key] = pattern
	}
	data, err := json.Marshal(all)
	if err != nil {
		return "{}"
	}
	return string(data)
}
