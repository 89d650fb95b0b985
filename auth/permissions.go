package auth

import "slices"

// Permission is one thing a caller may be allowed to do.
type Permission string

// The permissions. The first group is ZITADEL's, the second Flowbench's own.
const (
	ActionRead   Permission = "org.action.read"
	ActionWrite  Permission = "org.action.write"
	ActionDelete Permission = "org.action.delete"
	FlowRead     Permission = "org.flow.read"
	FlowWrite    Permission = "org.flow.write"
	FlowDelete   Permission = "org.flow.delete"
	OrgRead      Permission = "org.read"
	OrgWrite     Permission = "org.write"
	MemberRead   Permission = "org.member.read"
	MemberWrite  Permission = "org.member.write"
	IAMRead      Permission = "iam.read"
	IAMWrite     Permission = "iam.write"

	ActionTest Permission = "org.action.test"
	FlowRun    Permission = "org.flow.run"
	EventRead  Permission = "org.event.read"
)

// Role is a set of permissions with ZITADEL's name.
type Role string

// The roles that grant anything here; others exist and grant nothing.
const (
	RoleIAMOwner        Role = "IAM_OWNER"
	RoleIAMOwnerViewer  Role = "IAM_OWNER_VIEWER"
	RoleIAMOrgManager   Role = "IAM_ORG_MANAGER"
	RoleOrgOwner        Role = "ORG_OWNER"
	RoleOrgOwnerViewer  Role = "ORG_OWNER_VIEWER"
	RoleOrgUserManager  Role = "ORG_USER_MANAGER"
	RoleOrgActionEditor Role = "ORG_ACTION_EDITOR" // ours: Editor in the console
	RoleOrgFlowRunner   Role = "ORG_FLOW_RUNNER"   // ours: machine callers that run flows
)

var (
	readPermissions   = []Permission{ActionRead, FlowRead, OrgRead}
	writePermissions  = []Permission{ActionWrite, FlowWrite}
	deletePermissions = []Permission{ActionDelete, FlowDelete}
	ownerPermissions  = slices.Concat(readPermissions, writePermissions, deletePermissions,
		[]Permission{OrgWrite, MemberRead, MemberWrite, ActionTest, FlowRun, EventRead})
)

// permissions is the role-to-permission table of the Management API contract
// (section 4), with our own permissions added.
var permissions = map[Role][]Permission{
	RoleIAMOwner:        slices.Concat(ownerPermissions, []Permission{IAMRead, IAMWrite}),
	RoleIAMOrgManager:   slices.Concat(readPermissions, writePermissions, deletePermissions, []Permission{OrgWrite, EventRead, IAMRead}),
	RoleIAMOwnerViewer:  slices.Concat(readPermissions, []Permission{EventRead, MemberRead, IAMRead}),
	RoleOrgOwner:        ownerPermissions,
	RoleOrgOwnerViewer:  slices.Concat(readPermissions, []Permission{EventRead, MemberRead}),
	RoleOrgUserManager:  {OrgRead},
	RoleOrgActionEditor: slices.Concat(readPermissions, writePermissions, []Permission{ActionTest}),
	RoleOrgFlowRunner:   {FlowRun},
}

// emptyRoles are ZITADEL's roles that exist but grant nothing here, so that
// memberships of an import or a script are accepted.
var emptyRoles = []Role{"ORG_SETTINGS_MANAGER", "ORG_USER_PERMISSION_EDITOR", "ORG_PROJECT_PERMISSION_EDITOR",
	"ORG_PROJECT_CREATOR", "ORG_ADMIN_IMPERSONATOR", "ORG_END_USER_IMPERSONATOR", "ORG_USER_SELF_MANAGER",
	"PROJECT_OWNER", "PROJECT_OWNER_VIEWER", "PROJECT_OWNER_GLOBAL", "PROJECT_OWNER_VIEWER_GLOBAL",
	"PROJECT_GRANT_OWNER", "PROJECT_GRANT_OWNER_VIEWER", "IAM_USER_MANAGER", "IAM_ADMIN_IMPERSONATOR",
	"IAM_END_USER_IMPERSONATOR", "IAM_LOGIN_CLIENT", "SELF_MANAGEMENT_GLOBAL"}

// KnownRole reports whether a membership may carry the role.
func KnownRole(role Role) bool {
	_, ok := permissions[role]
	return ok || slices.Contains(emptyRoles, role)
}

// PermissionsOf returns what the roles grant together, without repeats.
func PermissionsOf(roles []string) []Permission {
	var list []Permission
	for _, r := range roles {
		for _, p := range permissions[Role(r)] {
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}
