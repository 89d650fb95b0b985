package handlers

import (
	"strings"

	"github.com/gin-gonic/gin"

	"flowbench/auth"
	"flowbench/views/layout"
	"flowbench/views/link"
	"flowbench/views/text"
)

// section is one possible entry of the navigation.
type section struct {
	name layout.Section
	need auth.Permission
	href func(link.Org) string
}

// sections is in the order of the navigation.
var sections = []section{
	{layout.Overview, auth.OrgRead, link.Org.Overview},
	{layout.Actions, auth.ActionRead, link.Org.Actions},
	{layout.Flows, auth.FlowRead, link.Org.Flows},
	{layout.Runs, auth.ActionRead, link.Org.Runs},
	{layout.Settings, auth.OrgRead, link.Org.Settings},
}

// Shell returns the frame of a page. An empty title is the section's name.
func (h *Console) Shell(c *gin.Context, current layout.Section, title string) layout.Shell {
	t := h.Text(c)
	if title == "" {
		title = t.S("layout.nav." + string(current))
	}
	user := User(c)
	shell := layout.Shell{
		T: t, Title: title, Section: current, Theme: user.Theme, Flash: h.takeFlash(c), Now: h.Now(),
	}
	if user.ID != "" {
		shell.User = layout.User{ID: user.ID, Name: displayName(user)}
	}
	if org := Org(c); org.ID != "" {
		shell.Org = shellOrg(org, "")
		shell.Nav = h.navigation(c, t)
		shell.Orgs = h.switchable(c)
	}
	return shell
}

// navigation lists the pages that exist and that the person may read.
func (h *Console) navigation(c *gin.Context, t text.T) []layout.NavItem {
	var items []layout.NavItem
	principal := auth.From(c.Request.Context())
	for _, s := range sections {
		if h.exists(s.name) && principal.Can(s.need) {
			items = append(items, layout.NavItem{
				Section: s.name, Label: t.S("layout.nav." + string(s.name)), Href: s.href(link.Org(Org(c).ID)),
			})
		}
	}
	return items
}

func (h *Console) exists(name layout.Section) bool {
	for _, s := range h.Sections {
		if s == name {
			return true
		}
	}
	return false
}

// switchable lists the organizations of the person; each leads to the section
// of the present page. A failure leaves the list empty, since the page itself
// is fine.
func (h *Console) switchable(c *gin.Context) []layout.Org {
	orgs, err := h.Services.Orgs.Mine(c.Request.Context())
	if err != nil {
		h.Log.WarnContext(c.Request.Context(), "organizations not listed", "request_id", RequestID(c), "error", err)
		return nil
	}
	list := make([]layout.Org, len(orgs))
	for i, o := range orgs {
		list[i] = shellOrg(o, sameSection(c.Request.URL.Path, o.ID))
	}
	return list
}

// sameSection changes the organization in an address and cuts it after the
// section, because things of one organization do not exist in another.
func sameSection(path, org string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "/o/"), "/", 3)
	if !strings.HasPrefix(path, "/o/") || len(parts) < 2 {
		return link.Org(org).Overview()
	}
	return link.Org(org).Overview() + "/" + parts[1]
}
