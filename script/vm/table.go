package vm

import (
	"flowbench/models"
)

// Table is everything a script of one trigger finds: the two arguments of its
// function. It is the one description from which contexts are checked, objects
// are made, and declarations, completion and reference are generated.
type Table struct {
	Slug models.Slug
	Ctx  *Type
	API  *Type

	root    *Type // of the encoded context
	saml    bool  // metadata is read anew on each call, attributes exist
	claims  bool  // a token trigger
	creates bool  // the user is not stored yet
}

// TableOf returns the table of a trigger, nil for an unknown one.
func TableOf(slug models.Slug) *Table { return tables[slug] }

var tables = map[models.Slug]*Table{
	models.ExternalPostAuthentication: newTable(Table{Slug: models.ExternalPostAuthentication, Ctx: externalPostAuthenticationCtx, API: externalPostAuthenticationAPI}),
	models.ExternalPreCreation:        newTable(Table{Slug: models.ExternalPreCreation, Ctx: preCreationCtx, API: preCreationAPI, creates: true}),
	models.ExternalPostCreation:       newTable(Table{Slug: models.ExternalPostCreation, Ctx: postCreationCtx, API: postCreationAPI}),
	models.InternalPostAuthentication: newTable(Table{Slug: models.InternalPostAuthentication, Ctx: internalPostAuthenticationCtx, API: internalPostAuthenticationAPI}),
	models.InternalPreCreation:        newTable(Table{Slug: models.InternalPreCreation, Ctx: preCreationCtx, API: preCreationAPI, creates: true}),
	models.InternalPostCreation:       newTable(Table{Slug: models.InternalPostCreation, Ctx: postCreationCtx, API: postCreationAPI}),
	models.PreUserinfo:                newTable(Table{Slug: models.PreUserinfo, Ctx: tokenCtx, API: tokenAPI, claims: true}),
	models.PreAccessToken:             newTable(Table{Slug: models.PreAccessToken, Ctx: tokenCtx, API: tokenAPI, claims: true}),
	models.PreSAMLResponse:            newTable(Table{Slug: models.PreSAMLResponse, Ctx: samlCtx, API: samlAPI, saml: true}),
}

// The members of an encoded context.
const (
	rootCtx = iota
	rootState
	rootOrgMetadata
	rootIDTokenClaims
)

// The members of the state part of a context: what earlier actions of the
// same operation already did.
const (
	stateStandardClaims = iota
	stateCustomClaims
	stateMetadata
	stateUserGrants
	stateAttributes
	stateUser
	statePreferredUsername
	stateMetadataStore
)

var stateType = record("State", "What the operation already holds.",
	member("standardClaims", mapOf(anyType), "Claims made from the user and the scopes."),
	member("customClaims", mapOf(anyType), "Claims set by ZITADEL and earlier actions."),
	member("metadata", arrayOf(record("Entry", "A metadata entry to write.",
		text("key", "Key."), text("value", "Stored bytes as text."))), "Metadata to write."),
	member("userGrants", arrayOf(record("Grant", "A grant to create.",
		text("projectId", "Project."), text("projectGrantId", "Project grant."),
		member("roles", stringsType, "Roles."))), "Grants to create."),
	member("attributes", mapOf(record("Attribute", "A custom attribute.",
		text("nameFormat", "Name format."), member("values", stringsType, "Values."))), "Custom SAML attributes."),
	member("user", mapOf(anyType), "Fields that earlier actions changed."),
	text("externalUserPreferredUsername", "Preferred user name of the external user."),
	member("userMetadataStore", anyType, "Stored metadata."),
)

func newTable(t Table) *Table {
	t.root = (&Type{Kind: KindRecord, Members: []Member{
		member("ctx", t.Ctx, ""), member("state", stateType, ""),
		member("orgMetadata", mapOf(metadataListType), "").at("$orgMetadata"),
		member("idTokenClaims", mapOf(anyType), "").at("$idTokenClaims"),
	}}).seal()
	return &t
}
