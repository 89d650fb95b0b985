package handlers

import (
	"encoding/json"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/flows"
	"flowbench/views/layout"
)

// countedPeriod is how far back the results on the cards look.
const countedPeriod = 24 * time.Hour

// Flows answers the requests of the board.
type Flows struct{ *Console }

// Show draws the board. A script may ask for the palette alone, to search it,
// or for the state of the lanes as JSON.
func (h Flows) Show(c *gin.Context) error {
	if wantsJSON(c) {
		return h.answerLanes(c, http.StatusOK, "", nil)
	}
	content, err := h.content(c)
	if err != nil {
		return err
	}
	shell := h.Shell(c, layout.Flows, "")
	shell.Script, shell.Texts = "js/board.js", flows.Texts(shell.T)
	p := auth.From(c.Request.Context())
	board := flows.NewBoard(shell, content, flows.Rights{Move: p.Can(auth.FlowWrite), Switch: p.Can(auth.ActionWrite)})
	return h.Answer(c, http.StatusOK, flows.Show(shell, board), flows.Palette(board))
}

func (h Flows) content(c *gin.Context) (flows.Content, error) {
	ctx := c.Request.Context()
	all, err := h.Services.Flows.All(ctx)
	if err != nil {
		return flows.Content{}, err
	}
	query := c.Query("q")
	page, err := h.Services.Actions.List(ctx, paletteFilter(query))
	if err != nil {
		return flows.Content{}, err
	}
	only, _ := flows.FlowBySlug(c.Query("flow"))
	counts, err := h.Services.Runs.Counts(ctx, countedPeriod)
	if err != nil {
		return flows.Content{}, err
	}
	return flows.Content{Flows: all, Palette: page, Query: query, Only: only, Open: c.Query("card"), Counts: counts,
		Broken: h.parsed.broken(ctx, h.Services.Scripts, shownActions(all, page))}, nil
}

// shownActions are the actions on the board; some may be in it twice.
func shownActions(all []models.Flow, page models.ActionPage) []models.Action {
	list := page.Actions
	for _, flow := range all {
		for _, lane := range flow.Lanes {
			list = append(list, lane.Actions...)
		}
	}
	return list
}

// paletteFilter selects by a part of the name, in the order of names.
func paletteFilter(query string) models.ActionFilter {
	filter := models.ActionFilter{Sort: models.ActionSortName, Asc: true, Limit: flows.PaletteLimit}
	if query != "" {
		filter.Queries = []models.ActionQuery{{Name: &models.ActionNameQuery{Name: query, Method: models.TextContainsIgnoreCase}}}
	}
	return filter
}

// Change writes lanes: as JSON from the script, as a form from the page itself.
func (h Flows) Change(c *gin.Context) error {
	if media, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type")); media == "application/json" {
		return h.save(c)
	}
	return h.plain(c)
}

// laneState is one lane as the script knows it.
type laneState struct {
	Lane     models.Slug `json:"lane"`
	Actions  []string    `json:"actions"`
	Sequence uint64      `json:"sequence"`
	By       string      `json:"by,omitempty"`
	Source   string      `json:"source,omitempty"`
}

// laneOrder is one lane as the script wants it; Expect is the sequence it has seen.
type laneOrder struct {
	Lane    models.Slug `json:"lane"`
	Actions []string    `json:"actions"`
	Expect  *uint64     `json:"expect"`
}

// save writes the lanes of one drop in one transaction. It answers with the
// lanes as they are afterwards, also when somebody else was faster.
func (h Flows) save(c *gin.Context) error {
	var body struct {
		Lanes []laneOrder `json:"lanes"`
	}
	if err := json.NewDecoder(c.Request.Body).Decode(&body); err != nil {
		return &models.Error{Kind: models.KindInvalid, Rule: ruleForm, Message: "The request could not be read.", Cause: err}
	}
	changes := make([]models.LaneChange, len(body.Lanes))
	slugs := make([]models.Slug, len(body.Lanes))
	for i, lane := range body.Lanes {
		trigger, _ := models.TriggerBySlug(lane.Lane)
		slugs[i] = lane.Lane
		changes[i] = models.LaneChange{Flow: trigger.Flow, Trigger: trigger.Trigger, ActionIDs: lane.Actions, Expect: lane.Expect}
	}
	_, err := h.Services.Flows.SetLanes(c.Request.Context(), changes)
	switch models.KindOf(err) {
	case models.KindUnauthenticated:
		return err
	case models.KindInternal, models.KindUnavailable:
		if err != nil {
			return h.refuse(c, err)
		}
	}
	if err == nil || models.RuleOf(err) == models.RuleFlowNoChanges {
		return h.answerLanes(c, http.StatusOK, "", slugs)
	}
	if models.RuleOf(err) == models.RuleSequenceConflict {
		return h.answerLanes(c, Status(err), Sentence(h.Text(c), err), slugs)
	}
	return h.refuse(c, err)
}

// refuse tells the script in words why nothing was saved.
func (h Flows) refuse(c *gin.Context, err error) error {
	if Status(err) >= http.StatusInternalServerError {
		h.Log.ErrorContext(c.Request.Context(), "request failed", "request_id", RequestID(c), "path", c.FullPath(), "error", err)
	}
	c.JSON(Status(err), gin.H{"message": Sentence(h.Text(c), err)})
	return nil
}

// answerLanes sends the lanes of the slugs, or all if there are none.
func (h Flows) answerLanes(c *gin.Context, status int, message string, slugs []models.Slug) error {
	all, err := h.Services.Flows.All(c.Request.Context())
	if err != nil {
		return err
	}
	answer := gin.H{"lanes": laneStates(all, slugs), "actions": actionStates(all)}
	if message != "" {
		answer["message"] = message
	}
	c.Header("Cache-Control", "no-store")
	c.JSON(status, answer)
	return nil
}

// laneStates describes the lanes of the slugs, or all if there are none.
func laneStates(all []models.Flow, slugs []models.Slug) []laneState {
	states := []laneState{}
	for _, flow := range all {
		for _, lane := range flow.Lanes {
			if wanted(slugs, lane.Trigger.Slug) {
				states = append(states, laneState{Lane: lane.Trigger.Slug, Actions: lane.IDs(), Sequence: lane.Sequence,
					By: lane.ByName, Source: string(lane.Source)})
			}
		}
	}
	return states
}

func wanted(slugs []models.Slug, slug models.Slug) bool {
	for _, s := range slugs {
		if s == slug {
			return true
		}
	}
	return len(slugs) == 0
}

func wantsJSON(c *gin.Context) bool { return c.GetHeader("Accept") == "application/json" }
