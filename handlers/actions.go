package handlers

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/views/actions"
	"flowbench/views/layout"
	"flowbench/views/link"
)

// Actions answers the list of actions, the form for a new one and the editor.
type Actions struct{ *Console }

// listForm is the query of the list.
type listForm struct {
	Query  string `form:"q"`
	State  string `form:"state"`
	UsedIn string `form:"used"`
	Sort   string `form:"sort"`
	Desc   string `form:"desc"`
	Limit  int    `form:"limit"`

	Deleted string `form:"deleted"` // id of the action that was just deleted
}

// List shows the actions that match the filter.
func (h Actions) List(c *gin.Context) error {
	form, err := Bind[listForm](c)
	if err != nil {
		return err
	}
	filter := form.filter()
	page, err := h.Services.Actions.List(c.Request.Context(), actionFilter(filter))
	if err != nil {
		return err
	}
	usage, err := h.Services.Actions.Usage(c.Request.Context())
	if err != nil {
		return err
	}
	last, err := h.Services.Runs.Newest(c.Request.Context())
	if err != nil {
		return err
	}
	p := auth.From(c.Request.Context())
	props := actions.ListProps{Org: org(c), Total: int(page.Total), Filter: filter, Deleted: form.Deleted,
		CanWrite: p.Can(auth.ActionWrite), CanDelete: p.Can(auth.ActionDelete)}
	for _, a := range page.Actions {
		row := actions.Row{Action: a, UsedIn: usage[a.ID]}
		if run, ok := last[a.ID]; ok {
			row.LastRun = &run
		}
		props.Rows = append(props.Rows, row)
	}
	shell := h.Shell(c, layout.Actions, "")
	if IsFragment(c) {
		Announce(c, shell.T.S("actions.announce", "n", props.Total))
	}
	return h.Answer(c, http.StatusOK, actions.List(shell, props), actions.Rows(shell.T, shell.Now, props))
}

func (f listForm) filter() actions.Filter {
	filter := actions.Filter{Query: f.Query, State: f.State, UsedIn: f.UsedIn, Sort: f.Sort, Desc: f.Desc != "", Limit: f.Limit}
	if filter.Sort == "" {
		filter.Sort = "name"
	}
	if filter.Limit < actions.PageSize || filter.Limit > models.MaxListLimit {
		filter.Limit = actions.PageSize
	}
	return filter
}

// actionFilter is what the use case is asked for.
func actionFilter(f actions.Filter) models.ActionFilter {
	filter := models.ActionFilter{Search: f.Query, UsedIn: models.Slug(f.UsedIn), Asc: !f.Desc, Sort: models.ActionSortName, Limit: uint32(f.Limit)}
	if f.Sort == "state" {
		filter.Sort = models.ActionSortState
	}
	states := map[string]models.ActionState{"active": models.ActionActive, "inactive": models.ActionInactive}
	if state, ok := states[f.State]; ok {
		filter.Queries = append(filter.Queries, models.ActionQuery{State: &state})
	}
	return filter
}

// org builds the addresses of the organization of the request.
func org(c *gin.Context) link.Org { return link.Org(Org(c).ID) }

// baseURL is how the browser reaches this server, for lines to copy.
func (h *Console) baseURL(c *gin.Context) string {
	if h.Secure {
		return "https://" + c.Request.Host
	}
	return "http://" + c.Request.Host
}

// editorShell is the frame of a page with the editor.
func (h *Console) editorShell(c *gin.Context, title, crumb string) layout.Shell {
	shell := h.Shell(c, layout.Actions, title)
	shell.Script = "js/editor.js"
	shell.Texts = shell.T.Group("actions.js", "runs.place")
	shell.Crumbs = []layout.Crumb{{Label: shell.T.S("actions.title"), Href: org(c).Actions()}, {Label: crumb}}
	return shell
}

// versionNumber reads the version of the address.
func versionNumber(c *gin.Context) (int, error) {
	n, err := strconv.Atoi(c.Param("version"))
	if err != nil || n < 1 {
		return 0, models.NotFound(models.RuleVersionNotFound, "This version does not exist.")
	}
	return n, nil
}
