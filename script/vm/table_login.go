package vm

var (
	authRequestMember = member("authRequest", authRequestType, "The running authorization request; null without one.").nullable()
	httpRequestMember = member("httpRequest", httpRequestType, "The request of the browser, form fields and passwords included.")
	authErrorMember   = text("authError", "'none', or the text of the error that made the authentication fail.")
	orgMember         = member("org", orgType, "The organization whose flow runs.")
)

var externalPostAuthenticationCtx = object(
	text("accessToken", "Access token of the identity provider, or ''."),
	text("idToken", "ID token of the identity provider, or ''."),
	text("refreshToken", "Refresh token of the identity provider, or ''."),
	Member{Name: "getClaim", Doc: "Claim of the ID token, or null.", native: nativeGetClaim, in: anyType,
		Type: &Type{Kind: KindFunc, Params: []Param{param("name", stringType)}, Returns: anyType}},
	Member{Name: "claimsJSON", Doc: "The ID token's claims as JSON text, '' without ID token. Use JSON.parse.", native: nativeClaimsJSON, in: anyType,
		Type: &Type{Kind: KindFunc, Returns: stringType}},
	member("v1", object(
		member("externalUser", externalUserType, "The user as the identity provider knows it, with changes of earlier actions.").by(nativeUser),
		member("providerInfo", providerInfoType, "What the identity provider told; null if authentication failed.").nullable(),
		authRequestMember, httpRequestMember, authErrorMember, orgMember,
	), "Version 1 of the context."),
)

var preCreationCtx = object(
	member("v1", object(
		member("user", userType, "The user about to be created, with changes of earlier actions.").by(nativeUser),
		authRequestMember, httpRequestMember, orgMember,
	), "Version 1 of the context."),
)

var postCreationCtx = object(
	member("v1", object(
		getter("getUser", userType, "The user just created."),
		authRequestMember, httpRequestMember, orgMember,
	), "Version 1 of the context."),
)

var internalPostAuthenticationCtx = object(
	member("v1", object(
		member("authMethod", &Type{Kind: KindStringObject, Values: "password, OTP, OTP SMS, OTP Email, U2F, passwordless"},
			"The factor just checked, as a String object: compare with ==."),
		authErrorMember, authRequestMember, httpRequestMember,
	), "Version 1 of the context."),
)

const (
	userEffect     = "Changes the user; the next action sees the change."
	metadataEffect = "Adds a metadata entry for the user."
	grantEffect    = "Adds a grant to create after all actions ran."
)

func textSetter(name, field, doc string) Member {
	m := method(name, doc, userEffect, nativeSetText, param("text", stringType))
	m.arg = field
	return m
}

func flagSetter(name, field, doc string) Member {
	m := method(name, doc, userEffect, nativeSetFlag, param("verified", boolType))
	m.arg = field
	return m
}

var textSetters = []Member{
	textSetter("setFirstName", "firstName", "Sets the given name."),
	textSetter("setLastName", "lastName", "Sets the family name."),
	textSetter("setNickName", "nickName", "Sets the nickname."),
	textSetter("setDisplayName", "displayName", "Sets the display name."),
	method("setPreferredLanguage", "Sets the language; a tag that cannot be read becomes und.", userEffect, nativeSetLanguage, param("tag", stringType)),
	textSetter("setEmail", "email", "Sets the e-mail address."),
	flagSetter("setEmailVerified", "isEmailVerified", "Marks the e-mail address as verified or not."),
	textSetter("setPhone", "phone", "Sets the phone number."),
	flagSetter("setPhoneVerified", "isPhoneVerified", "Marks the phone number as verified or not."),
}

var metadataMembers = []Member{
	member("metadata", &Type{Kind: KindList, Name: "MetadataEntries", Elem: metadataEntryType},
		"Metadata to store; push({key, value}). Prefer v1.user.appendMetadata.").old().by(nativeMetadataList),
	member("v1", object(
		member("user", object(
			method("appendMetadata", "Adds an entry whose value is stored as JSON text.", metadataEffect, nativeAppendMetadata,
				keyParam, param("value", anyType)),
			method("appendMetadataRaw", "Adds an entry whose bytes are stored as they are: text, Uint8Array or array of 0 to 255.", metadataEffect,
				nativeAppendMetadataRaw, keyParam, param("value", anyType)),
		), "The user's metadata."),
	), "Version 1 of the interface."),
}

var externalPostAuthenticationAPI = object(join(textSetters,
	[]Member{textSetter("setPreferredUsername", "preferredUsername", "Sets the preferred user name.")}, metadataMembers)...)

var preCreationAPI = object(join(textSetters, []Member{
	textSetter("setUsername", "username", "Sets the user name; empty becomes the e-mail address."),
	method("setGender", "Sets the gender by number.", userEffect, nativeSetGender, param("gender", &Type{Kind: KindNumber, Values: genders})),
}, metadataMembers)...)

var internalPostAuthenticationAPI = object(metadataMembers...)

var userGrantInputType = record("UserGrantInput", "A grant to create.",
	text("projectId", "Id of the project; projectID is accepted as well."),
	text("projectGrantId", "Id of the project grant; projectGrantID is accepted as well.").optional(),
	member("roles", stringsType, "Keys of the roles to grant.").optional(),
)

// requestedGrantType is an element of api.userGrants, whose names are those of
// the reference.
var requestedGrantType = record("RequestedGrant", "A grant to create.",
	text("projectID", "Id of the project."),
	text("projectGrantID", "Id of the project grant."),
	member("roles", stringsType, "Keys of the roles to grant."),
)

var postCreationAPI = object(
	member("userGrants", &Type{Kind: KindList, Name: "RequestedGrants", Elem: requestedGrantType},
		"Grants to create; push({projectID, roles}). Prefer v1.appendUserGrant.").old().by(nativeGrantList),
	member("v1", object(
		method("appendUserGrant", "Grants roles of a project to the new user.", grantEffect, nativeAppendUserGrant,
			param("grant", userGrantInputType)),
	), "Version 1 of the interface."),
)

func join(lists ...[]Member) []Member {
	var all []Member
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
