package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/flows"
	"flowbench/views/link"
	"flowbench/views/text"
)

// ruleInLane says that an action stands in a trigger already.
const ruleInLane models.Rule = "already_in_lane"

// laneForm is the form behind a card, or behind "Add action". Do is a place
// (up, down, top, bottom), remove, activate, deactivate, or move and add with
// the trigger after a colon.
type laneForm struct {
	Do     string      `form:"do"`
	Lane   models.Slug `form:"lane"`
	Action string      `form:"action"`
	Name   string      `form:"name"`
	Expect *uint64     `form:"expect"`
}

// plain does what the menu of the script does, for pages without script.
func (h Flows) plain(c *gin.Context) error {
	form, err := Bind[laneForm](c)
	if err != nil {
		return err
	}
	action, err := h.chosen(c.Request.Context(), form)
	if err != nil {
		return err
	}
	if form.Do == "activate" || form.Do == "deactivate" {
		return h.setState(c, form, action)
	}
	all, err := h.Services.Flows.All(c.Request.Context())
	if err != nil {
		return err
	}
	plan := newPlan(h.Text(c), all, form, action)
	changes, err := plan.changes()
	if err != nil {
		return err
	}
	_, err = h.Services.Flows.SetLanes(c.Request.Context(), changes)
	if err != nil && models.RuleOf(err) != models.RuleFlowNoChanges {
		return err
	}
	return h.Redirect(c, link.Org(Org(c).ID).Lane(plan.target()), plan.words())
}

// chosen finds the action of the form, by id or by name.
func (h Flows) chosen(ctx context.Context, form laneForm) (models.Action, error) {
	if form.Action != "" {
		return h.Services.Actions.Get(ctx, form.Action)
	}
	query := models.ActionNameQuery{Name: strings.TrimSpace(form.Name), Method: models.TextEqualsIgnoreCase}
	page, err := h.Services.Actions.List(ctx, models.ActionFilter{Queries: []models.ActionQuery{{Name: &query}}, Limit: 1})
	if err != nil {
		return models.Action{}, err
	}
	if len(page.Actions) == 0 {
		return models.Action{}, models.NotFound(models.RuleActionNotFound, "This action does not exist, or you cannot see it.")
	}
	return page.Actions[0], nil
}

func (h Flows) setState(c *gin.Context, form laneForm, action models.Action) error {
	set := h.Services.Actions.Reactivate
	if form.Do == "deactivate" {
		set = h.Services.Actions.Deactivate
	}
	if _, err := set(c.Request.Context(), action.ID); err != nil {
		return err
	}
	if wantsJSON(c) {
		c.JSON(http.StatusOK, gin.H{})
		return nil
	}
	words := h.Text(c).S("board.announce."+form.Do+"d", "name", action.Name)
	return h.Redirect(c, link.Org(Org(c).ID).Lane(form.Lane), words)
}

// plan works out the lists that a form asks for.
type plan struct {
	t        text.T
	lanes    map[models.Slug]models.Lane
	action   models.Action
	do       string
	from, to models.Slug
	expect   *uint64
}

func newPlan(t text.T, all []models.Flow, form laneForm, action models.Action) plan {
	p := plan{t: t, lanes: map[models.Slug]models.Lane{}, action: action, from: form.Lane, expect: form.Expect}
	for _, flow := range all {
		for _, lane := range flow.Lanes {
			p.lanes[lane.Trigger.Slug] = lane
		}
	}
	do, to, found := strings.Cut(form.Do, ":")
	p.do, p.to = do, models.Slug(to)
	if !found {
		p.to = p.from
	}
	return p
}

// target is the lane to look at afterwards.
func (p plan) target() models.Slug { return p.to }

func (p plan) changes() ([]models.LaneChange, error) {
	from, to := p.lanes[p.from], p.lanes[p.to]
	if to.Trigger.Slug == "" || (p.do != "add" && from.Trigger.Slug == "") {
		return nil, models.Invalid(models.RuleTriggerUnknown, "lane", "This trigger does not exist.")
	}
	if (p.do == "move" || p.do == "add") && slices.Contains(to.IDs(), p.action.ID) {
		return nil, models.Precondition(ruleInLane, p.t.S("board.announce.refused", "name", p.action.Name, "lane", flows.LaneName(p.t, to.Trigger)))
	}
	switch p.do {
	case "add":
		return []models.LaneChange{setTo(to, append(to.IDs(), p.action.ID), nil)}, nil
	case "move":
		return []models.LaneChange{setTo(from, without(from, p.action.ID), p.expect), setTo(to, append(to.IDs(), p.action.ID), nil)}, nil
	case "remove":
		return []models.LaneChange{setTo(from, without(from, p.action.ID), p.expect)}, nil
	}
	return []models.LaneChange{setTo(from, placed(from.IDs(), p.action.ID, p.do), p.expect)}, nil
}

func setTo(lane models.Lane, ids []string, expect *uint64) models.LaneChange {
	return models.LaneChange{Flow: lane.Trigger.Flow, Trigger: lane.Trigger.Trigger, ActionIDs: ids, Expect: expect}
}

func without(lane models.Lane, id string) []string {
	return slices.DeleteFunc(lane.IDs(), func(other string) bool { return other == id })
}

// placed moves id within the list; a place it cannot go to leaves it as it is.
func placed(ids []string, id, place string) []string {
	at := slices.Index(ids, id)
	if at < 0 {
		return ids
	}
	target := map[string]int{"up": at - 1, "down": at + 1, "top": 0, "bottom": len(ids) - 1}
	to, ok := target[place]
	if !ok || to < 0 || to >= len(ids) {
		return ids
	}
	return slices.Insert(slices.Delete(ids, at, at+1), to, id)
}

// words say what was done, as the script announces it.
func (p plan) words() string {
	name, lane := p.action.Name, flows.LaneName(p.t, p.lanes[p.to].Trigger)
	if p.do == "remove" {
		return p.t.S("board.announce.removed", "name", name, "lane", lane)
	}
	ids := p.lanes[p.to].IDs()
	if p.do == "add" || p.do == "move" {
		ids = append(ids, p.action.ID)
	} else {
		ids = placed(ids, p.action.ID, p.do)
	}
	return p.t.S("board.announce.done", "name", name, "i", slices.Index(ids, p.action.ID)+1, "n", len(ids), "lane", lane)
}
