package flows

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"flowbench/models"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/text"
	"flowbench/views/ui"
)

// PaletteLimit is how many actions the page brings along; further ones are
// found by typing.
const PaletteLimit = 100

// plainLimit is up to how many cards the page brings a form for each. On a
// larger board the form of one card comes when it is asked for.
const plainLimit = 60

// Content is what the board shows.
type Content struct {
	Flows   []models.Flow // in board order
	Palette models.ActionPage
	Query   string          // part of the name the palette is limited to
	Only    models.FlowType // the one flow shown, or FlowUnspecified for all
	Open    string          // the card whose plain form is open, on boards with many cards
	Broken  map[string]bool // ids of actions whose script has a syntax error
	Counts  []models.RunCount
}

// Rights says what the reader may do on the board.
type Rights struct {
	Move   bool // change lanes
	Switch bool // activate and deactivate actions, make new ones
}

// Board is the content with everything the templates need around it.
type Board struct {
	Content
	Rights
	t     text.T
	org   link.Org
	orgID string
	hold  bool
	used  map[string]int
	runs  map[place]models.RunCount
}

// place is an action at a trigger.
type place struct {
	action string
	slug   models.Slug
}

// NewBoard prepares the content for the page around shell.
func NewBoard(shell layout.Shell, content Content, rights Rights) Board {
	b := Board{Content: content, Rights: rights, t: shell.T, org: link.Org(shell.Org.ID), orgID: shell.Org.ID,
		hold: shell.Org.Label == "Production", used: map[string]int{},
		runs: map[place]models.RunCount{}}
	for _, count := range content.Counts {
		b.runs[place{count.ActionID, count.Trigger}] = count
	}
	for _, flow := range content.Flows {
		for _, lane := range flow.Lanes {
			for _, action := range lane.Actions {
				b.used[action.ID]++
			}
		}
	}
	return b
}

// more is the number of actions that the palette does not show.
func (b Board) more() int { return int(b.Palette.Total) - len(b.Palette.Actions) }

// sparse reports whether the cards bring no forms of their own.
func (b Board) sparse() bool {
	n := len(b.Palette.Actions)
	for _, used := range b.used {
		n += used
	}
	return n > plainLimit
}

// hidden reports whether the filter leaves the flow out.
func (b Board) hidden(flow models.FlowType) bool {
	return b.Only != models.FlowUnspecified && b.Only != flow
}

// card is one action, in a lane or in the palette.
type card struct {
	models.Action
	broken bool
	count  models.RunCount
	lane   *models.Lane // nil in the palette
	order  string       // the number it really runs at
	used   int
}

func (c card) inactive() bool { return c.State != models.ActionActive }

// cardsOf numbers the actions of a lane the way they run: inactive ones are
// skipped and get a dash.
func (b Board) cardsOf(lane models.Lane) []card {
	cards := make([]card, len(lane.Actions))
	n := 0
	for i, action := range lane.Actions {
		cards[i] = card{Action: action, broken: b.Broken[action.ID], lane: &lane, order: "–",
			count: b.runs[place{action.ID, lane.Trigger.Slug}]}
		if !cards[i].inactive() {
			n++
			cards[i].order = strconv.Itoa(n)
		}
	}
	return cards
}

func (b Board) palette() []card {
	cards := make([]card, len(b.Palette.Actions))
	for i, action := range b.Palette.Actions {
		cards[i] = card{Action: action, broken: b.Broken[action.ID], used: b.used[action.ID]}
	}
	return cards
}

// timeout is the text of the timeout chip, or "" for the default.
func (b Board) timeout(c card) string {
	if c.EffectiveTimeout() == models.MaxTimeout {
		return ""
	}
	return ui.Duration(b.t, c.Timeout.Round(time.Millisecond))
}

// plainID is the id of the form that stands in for the menu.
func (c card) plainID() string {
	if c.lane == nil {
		return "do-" + c.ID
	}
	return "do-" + string(c.lane.Trigger.Slug) + "-" + c.ID
}

// opener is what the menu button of a card does without a script: it opens the
// form, or on a board with many cards asks for the page with the form.
func (b Board) opener(c card) templ.Attributes {
	if b.sparse() {
		return templ.Attributes{"form": "card-form", "name": "card", "value": c.plainID()}
	}
	return templ.Attributes{"type": "button", "popovertarget": c.plainID()}
}

// choices are what the plain form of a card offers; the menu of the script
// offers the same.
func (b Board) choices(c card) []ui.Option {
	var list []ui.Option
	add := func(value, key string, args ...any) {
		list = append(list, ui.Option{Value: value, Label: b.t.S("board.menu."+key, args...)})
	}
	to := func(do, key string) {
		for _, lane := range b.lanesWithout(c.ID) {
			add(do+":"+string(lane.Trigger.Slug), key, "lane", LaneName(b.t, lane.Trigger))
		}
	}
	if c.lane == nil {
		to("add", "add_to")
	} else {
		for _, place := range []string{"up", "down", "top", "bottom"} {
			add(place, place)
		}
		to("move", "move_to")
		to("add", "also_add_to")
		add("remove", "remove_from", "lane", LaneName(b.t, c.lane.Trigger))
	}
	if b.Switch && c.inactive() {
		add("activate", "activate")
	} else if b.Switch {
		add("deactivate", "deactivate")
	}
	return list
}

func (b Board) lanesWithout(id string) []models.Lane {
	var lanes []models.Lane
	for _, flow := range b.Flows {
		for _, lane := range flow.Lanes {
			if !holds(lane, id) {
				lanes = append(lanes, lane)
			}
		}
	}
	return lanes
}

func holds(lane models.Lane, id string) bool {
	for _, action := range lane.Actions {
		if action.ID == id {
			return true
		}
	}
	return false
}

func sequence(lane models.Lane) string { return strconv.FormatUint(lane.Sequence, 10) }

// Texts are the keys of the catalogue that the script of the board needs.
func Texts(t text.T) map[string]string {
	return t.Group("board.announce", "board.did", "board.menu", "board.state", "board.reason", "board.pick", "board.conflict",
		"board.hold", "board.drift", "board.failed", "board.used_in", "board.filtered", "board.no_match", "board.empty", "board.inactive")
}
