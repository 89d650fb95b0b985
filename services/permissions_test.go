package services_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/services"
	"flowbench/store/storetest"
)

// calls is every method that needs a permission, with the permission.
var calls = map[string]struct {
	need auth.Permission
	call func(ctx context.Context, w world) error
}{
	"Actions.List": {auth.ActionRead, func(ctx context.Context, w world) error {
		_, err := w.Actions.List(ctx, models.ActionFilter{})
		return err
	}},
	"Actions.Get":   {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Actions.Get(ctx, "x"); return err }},
	"Actions.Usage": {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Actions.Usage(ctx); return err }},
	"Actions.Create": {auth.ActionWrite, func(ctx context.Context, w world) error {
		_, err := w.Actions.Create(ctx, models.ActionInput{})
		return err
	}},
	"Actions.Update": {auth.ActionWrite, func(ctx context.Context, w world) error {
		_, err := w.Actions.Update(ctx, "x", models.ActionInput{}, nil)
		return err
	}},
	"Actions.Deactivate": {auth.ActionWrite, func(ctx context.Context, w world) error { _, err := w.Actions.Deactivate(ctx, "x"); return err }},
	"Actions.Reactivate": {auth.ActionWrite, func(ctx context.Context, w world) error { _, err := w.Actions.Reactivate(ctx, "x"); return err }},
	"Actions.DeactivateAll": {auth.ActionWrite, func(ctx context.Context, w world) error {
		_, err := w.Actions.DeactivateAll(ctx)
		return err
	}},
	"Scripts.Layers":   {auth.OrgRead, func(ctx context.Context, w world) error { _, err := w.Scripts.Layers(ctx); return err }},
	"Actions.Delete":   {auth.ActionDelete, func(ctx context.Context, w world) error { return w.Actions.Delete(ctx, "x") }},
	"Actions.Undelete": {auth.ActionDelete, func(ctx context.Context, w world) error { _, err := w.Actions.Undelete(ctx, "x"); return err }},
	"Versions.List":    {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Versions.List(ctx, "x"); return err }},
	"Versions.Get":     {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Versions.Get(ctx, "x", 1); return err }},
	"Versions.Restore": {auth.ActionWrite, func(ctx context.Context, w world) error { _, err := w.Versions.Restore(ctx, "x", 1); return err }},
	"Flows.Get":        {auth.FlowRead, func(ctx context.Context, w world) error { _, err := w.Flows.Get(ctx, 1); return err }},
	"Flows.All":        {auth.FlowRead, func(ctx context.Context, w world) error { _, err := w.Flows.All(ctx); return err }},
	"Flows.SetTriggerActions": {auth.FlowWrite, func(ctx context.Context, w world) error {
		_, err := w.Flows.SetTriggerActions(ctx, models.LaneChange{})
		return err
	}},
	"Flows.SetLanes": {auth.FlowWrite, func(ctx context.Context, w world) error { _, err := w.Flows.SetLanes(ctx, nil); return err }},
	"Flows.Clear":    {auth.FlowDelete, func(ctx context.Context, w world) error { _, err := w.Flows.Clear(ctx, 1); return err }},
	"Runs.RunAction": {auth.ActionTest, func(ctx context.Context, w world) error {
		_, err := w.Runs.RunAction(ctx, services.RunActionRequest{})
		return err
	}},
	"Runs.List": {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Runs.List(ctx, models.RunFilter{}); return err }},
	"Runs.Get":  {auth.ActionRead, func(ctx context.Context, w world) error { _, err := w.Runs.Get(ctx, "x"); return err }},
	"Scripts.Check": {auth.ActionTest, func(ctx context.Context, w world) error {
		_, err := w.Scripts.Check(ctx, script.CheckRequest{})
		return err
	}},
	"Orgs.Create":             {auth.IAMWrite, func(ctx context.Context, w world) error { _, err := w.Orgs.Create(ctx, ""); return err }},
	"Orgs.List":               {auth.IAMRead, func(ctx context.Context, w world) error { _, err := w.Orgs.List(ctx); return err }},
	"Orgs.Default":            {auth.IAMRead, func(ctx context.Context, w world) error { _, err := w.Orgs.Default(ctx); return err }},
	"Orgs.Rename":             {auth.OrgWrite, func(ctx context.Context, w world) error { _, err := w.Orgs.Rename(ctx, ""); return err }},
	"Orgs.Get own":            {auth.OrgRead, func(ctx context.Context, w world) error { _, err := w.Orgs.Get(ctx, w.org.ID); return err }},
	"Orgs.Get other":          {auth.IAMRead, func(ctx context.Context, w world) error { _, err := w.Orgs.Get(ctx, "other"); return err }},
	"Users.Create":            {auth.MemberWrite, func(ctx context.Context, w world) error { _, err := w.Users.Create(ctx, models.User{}, ""); return err }},
	"Users.List":              {auth.MemberRead, func(ctx context.Context, w world) error { _, err := w.Users.List(ctx, ""); return err }},
	"Users.Get":               {auth.MemberRead, func(ctx context.Context, w world) error { _, err := w.Users.Get(ctx, "x"); return err }},
	"Members.List":            {auth.MemberRead, func(ctx context.Context, w world) error { _, err := w.Members.List(ctx); return err }},
	"Members.Set own":         {auth.MemberWrite, func(ctx context.Context, w world) error { _, err := w.Members.Set(ctx, "x", w.org.ID, nil); return err }},
	"Members.Set instance":    {auth.IAMWrite, func(ctx context.Context, w world) error { _, err := w.Members.Set(ctx, "x", "", nil); return err }},
	"Members.Set other":       {auth.IAMWrite, func(ctx context.Context, w world) error { _, err := w.Members.Set(ctx, "x", "other", nil); return err }},
	"Members.Remove own":      {auth.MemberWrite, func(ctx context.Context, w world) error { return w.Members.Remove(ctx, "x", w.org.ID) }},
	"Members.Remove instance": {auth.IAMWrite, func(ctx context.Context, w world) error { return w.Members.Remove(ctx, "x", "") }},
	"Tokens.Create":           {auth.MemberWrite, func(ctx context.Context, w world) error { _, _, err := w.Tokens.Create(ctx, "x", nil); return err }},
	"Tokens.List":             {auth.MemberRead, func(ctx context.Context, w world) error { _, err := w.Tokens.List(ctx, "x"); return err }},
	"Events.List": {auth.EventRead, func(ctx context.Context, w world) error {
		_, err := w.Events.List(ctx, models.EventFilter{})
		return err
	}},
	"Events.Get": {auth.EventRead, func(ctx context.Context, w world) error { _, err := w.Events.Get(ctx, 1); return err }},
}

// mayCall is the contract's table, spelt out: who may call what. It repeats
// nothing of the code under test.
var mayCall = map[auth.Role]string{
	auth.RoleIAMOwner:        "read write delete test members events iam-read iam-write org-write",
	auth.RoleIAMOrgManager:   "read write delete events iam-read org-write",
	auth.RoleIAMOwnerViewer:  "read member-read events iam-read",
	auth.RoleOrgOwner:        "read write delete test members events org-write",
	auth.RoleOrgOwnerViewer:  "read member-read events",
	auth.RoleOrgActionEditor: "read write test",
	auth.RoleOrgUserManager:  "org-read",
	auth.RoleOrgFlowRunner:   "",
	"ORG_SETTINGS_MANAGER":   "",
	"IAM_LOGIN_CLIENT":       "",
	"PROJECT_OWNER":          "",
}

// groups are the words of mayCall.
var groups = map[string][]auth.Permission{
	"read":        {auth.ActionRead, auth.FlowRead, auth.OrgRead},
	"write":       {auth.ActionWrite, auth.FlowWrite},
	"delete":      {auth.ActionDelete, auth.FlowDelete},
	"test":        {auth.ActionTest},
	"members":     {auth.MemberRead, auth.MemberWrite},
	"member-read": {auth.MemberRead},
	"events":      {auth.EventRead},
	"iam-read":    {auth.IAMRead},
	"iam-write":   {auth.IAMWrite},
	"org-read":    {auth.OrgRead},
	"org-write":   {auth.OrgWrite},
}

func TestRolesAndMethods(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t), services.Options{})
	for role, words := range mayCall {
		var may []auth.Permission
		for _, word := range strings.Fields(words) {
			may = append(may, groups[word]...)
		}
		place := w.org.ID
		if strings.HasPrefix(string(role), "IAM_") {
			place = ""
		}
		user := w.member(t, "user-"+string(role), place, string(role))
		p, err := w.Principals.In(context.Background(), user.ID, "", models.SourceAPI)
		if err != nil {
			t.Fatalf("%s: %v", role, err)
		}
		ctx := auth.WithPrincipal(context.Background(), p)
		for name, c := range calls {
			refused := models.RuleOf(c.call(ctx, w)) == models.RulePermission
			if allowed := slices.Contains(may, c.need); refused == allowed {
				t.Errorf("%s calls %s: refused %v, want %v", role, name, refused, !allowed)
			}
		}
	}
}

func TestWithoutPrincipal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t), services.Options{})
	for name, c := range calls {
		if err := c.call(context.Background(), w); models.KindOf(err) != models.KindUnauthenticated {
			t.Errorf("%s: %v, want unauthenticated", name, err)
		}
	}
}

// member makes a machine user of the organization with roles there.
func (w world) member(t testing.TB, name, orgID string, roles ...string) models.User {
	t.Helper()
	user, err := w.Users.Create(w.ctx, models.User{Name: name, Type: models.UserMachine}, "")
	if err != nil {
		t.Fatalf("create user: %v", err)
	}
	if len(roles) == 0 {
		return user
	}
	if _, err := w.Members.Set(w.ctx, user.ID, orgID, roles); err != nil {
		t.Fatalf("set member: %v", err)
	}
	return user
}

func TestRolesFitTheirPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t), services.Options{})
	user := w.member(t, "climber", w.org.ID, "ORG_OWNER")
	p, err := w.Principals.In(context.Background(), user.ID, "", models.SourceAPI)
	if err != nil {
		t.Fatal(err)
	}
	owner := auth.WithPrincipal(context.Background(), p)
	_, err = w.Members.Set(owner, user.ID, w.org.ID, []string{"IAM_OWNER"})
	wantRule(t, err, models.KindInvalid, models.RuleRoleUnknown)
	_, err = w.Members.Set(w.ctx, user.ID, "", []string{"ORG_OWNER"})
	wantRule(t, err, models.KindInvalid, models.RuleRoleUnknown)
}

func TestTokensOfMorePowerfulUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t), services.Options{})
	owner := w.member(t, "owner", w.org.ID, "ORG_OWNER")
	p, err := w.Principals.In(context.Background(), owner.ID, "", models.SourceAPI)
	if err != nil {
		t.Fatal(err)
	}
	ctx := auth.WithPrincipal(context.Background(), p)
	other := auth.From(w.otherOrg(t, "Other")).OrgID
	abroad := w.member(t, "abroad", w.org.ID, "ORG_OWNER_VIEWER")
	if _, err := w.Members.Set(w.ctx, abroad.ID, other, []string{"ORG_OWNER"}); err != nil {
		t.Fatal(err)
	}
	for title, user := range map[string]models.User{"instance": w.member(t, "global", "", "IAM_OWNER"), "elsewhere": abroad} {
		_, _, err := w.Tokens.Create(ctx, user.ID, nil)
		t.Log(title)
		wantRule(t, err, models.KindPermissionDenied, models.RulePermission)
	}
	if _, _, err := w.Tokens.Create(ctx, w.member(t, "local", w.org.ID, "ORG_OWNER_VIEWER").ID, nil); err != nil {
		t.Errorf("token of a member of the organization: %v", err)
	}
}
