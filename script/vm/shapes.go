package vm

// The shapes that several triggers share, member by member in the order in
// which scripts see them.

const (
	userStates  = "0 unspecified, 1 active, 2 inactive, 3 deleted, 4 locked, 5 suspended, 6 initial"
	genders     = "0 unspecified, 1 female, 2 male, 3 diverse"
	grantStates = "0 unspecified, 1 active, 2 inactive, 3 removed"
	prompts     = "0 unspecified, 1 none, 2 login, 3 consent, 4 select_account, 5 create"
	factors     = "0 TOTP, 1 U2F, 2 U2F with user verification, 3 OTP by SMS, 4 OTP by e-mail"
	labelings   = "0 unspecified, 1 policy of the project's owner, 2 policy of the user's organization"
)

var humanType = record("Human", "The profile of a person.",
	text("firstName", "Given name."),
	text("lastName", "Family name."),
	text("nickName", "Nickname, may be empty."),
	text("displayName", "Name to show."),
	text("avatarKey", "Key of the stored avatar, may be empty."),
	text("preferredLanguage", "BCP 47 language tag."),
	member("gender", enum(genders), "Gender as a number object."),
	member("email", stringObject, "E-mail address as a String object: compare with == or String(email)."),
	flag("isEmailVerified", "Whether the e-mail address is verified."),
	member("phone", stringObject, "Phone number as a String object, truthy even when empty."),
	flag("isPhoneVerified", "Whether the phone number is verified."),
)

var machineType = record("Machine", "The profile of a service user.",
	text("name", "Name of the service user."),
	text("description", "Description, may be empty."),
)

var userType = record("User", "A user; exactly one of human and machine is there.",
	text("id", "Id of the user."),
	moment("creationDate", "When the user was created."),
	moment("changeDate", "When the user was last changed."),
	text("resourceOwner", "Id of the user's organization."),
	number("sequence", "Sequence of the last change."),
	member("state", enum(userStates), "State as a number object."),
	text("username", "User name."),
	member("loginNames", stringsType, "Login names; empty in the token triggers."),
	text("preferredLoginName", "Preferred login name."),
	member("human", humanType, "Profile of a person; undefined for service users.").optional(),
	member("machine", machineType, "Profile of a service user; undefined for people.").optional(),
)

var externalUserType = record("ExternalUser", "A user as the identity provider knows it.",
	text("externalId", "Id of the user at the identity provider."),
	text("externalIdpId", "Id of the identity provider configuration."),
	member("human", humanType, "Profile made from the identity provider's answer."),
)

var metadataEntryType = record("Metadata", "A metadata entry.",
	moment("creationDate", "When the entry was created."),
	moment("changeDate", "When the entry was last changed."),
	text("resourceOwner", "Id of the organization."),
	number("sequence", "Sequence of the last change."),
	text("key", "Key of the entry."),
	member("value", bytesType, "The stored bytes as JSON if they are valid JSON, otherwise as text.").at("$bytes"),
)

var metadataListType = record("MetadataList", "A list of metadata entries.",
	number("count", "Number of entries."),
	number("sequence", "Sequence of the last change."),
	moment("timestamp", "State of the list."),
	member("metadata", arrayOf(metadataEntryType), "The entries."),
)

var orgType = object(
	getter("getMetadata", metadataListType, "Metadata of the organization."),
)

var grantType = record("UserGrant", "A grant of roles of a project to the user.",
	text("id", "Id of the grant."),
	text("projectGrantId", "Id of the project grant, empty if the project is granted directly."),
	member("state", enum(grantStates), "State as a number object."),
	text("userGrantResourceOwner", "Id of the granting organization."),
	text("userGrantResourceOwnerName", "Name of the granting organization."),
	moment("creationDate", "When the grant was created."),
	moment("changeDate", "When the grant was last changed."),
	number("sequence", "Sequence of the last change."),
	text("userId", "Id of the user."),
	text("userResourceOwner", "Id of the user's organization."),
	member("roles", stringsType, "Keys of the granted roles."),
	text("projectId", "Id of the project."),
	text("projectName", "Name of the project."),
	Member{Name: "getOrgMetadata", Doc: "Metadata of the granting organization.", native: nativeGrantOrgMetadata,
		Type: &Type{Kind: KindFunc, Returns: metadataListType}},
)

var grantListType = record("UserGrantList", "The active grants of the user.",
	number("count", "Number of grants."),
	number("sequence", "Sequence of the last change; 0 in the token triggers."),
	moment("timestamp", "State of the list."),
	member("grants", arrayOf(grantType), "The grants."),
)

var browserInfoType = record("BrowserInfo", "The browser that signs in.",
	text("userAgent", "User agent."),
	text("acceptLanguage", "Accept-Language header."),
	member("remoteIp", addressType, "Address as bytes; use String(remoteIp) for the text."),
)

var authRequestType = record("AuthRequest", "The running authorization request.",
	text("id", "Id of the request."),
	text("agentId", "Id of the user agent."),
	moment("creationDate", "When the request began."),
	moment("changeDate", "When the request was last changed."),
	member("browserInfo", browserInfoType, "The browser, null if unknown.").nullable(),
	text("applicationId", "Client id of the application."),
	text("callbackUri", "Where the user is sent afterwards."),
	text("transferState", "State of the application."),
	member("prompt", arrayOf(enum(prompts)), "Requested prompts as number objects."),
	member("uiLocales", stringsType, "Requested languages."),
	text("loginHint", "Login hint."),
	member("maxAuthAge", numberObject, "Longest age of the authentication in nanoseconds, or null.").nullable(),
	text("instanceId", "Id of the instance."),
	member("request", record("Request", "What the application asked for.",
		member("oidc", record("OIDCRequest", "OpenID Connect part.",
			member("scopes", stringsType, "Requested scopes; empty for SAML.")), "OpenID Connect part."),
	), "What the application asked for."),
	text("userId", "Id of the selected user, may be empty."),
	text("userName", "Name of the selected user."),
	text("loginName", "Login name of the selected user."),
	text("displayName", "Display name of the selected user."),
	text("resourceOwner", "Id of the user's organization."),
	text("requestedOrgId", "Id of the requested organization."),
	text("requestedOrgName", "Name of the requested organization."),
	text("requestedPrimaryDomain", "Primary domain of the requested organization."),
	flag("requestedOrgDomain", "Whether the organization was requested by domain."),
	text("applicationResourceOwner", "Id of the organization that owns the application."),
	member("privateLabelingSetting", enum(labelings), "Whose look is shown, as a number object."),
	text("selectedIdpConfigId", "Id of the selected identity provider."),
	member("linkingUsers", arrayOf(externalUserType), "External users to link."),
	flag("passwordVerified", "Whether the password was verified."),
	member("mfasVerified", arrayOf(enum(factors)), "Verified second factors as number objects."),
	member("audience", stringsType, "Audience of the tokens."),
	moment("authTime", "When the user authenticated; year 1 if not yet."),
)

var httpRequestType = record("HttpRequest", "The request of the browser. Form fields include passwords.",
	text("method", "Method."),
	text("url", "Path and query."),
	text("proto", "Protocol."),
	number("contentLength", "Length of the body."),
	text("host", "Host."),
	member("form", mapOf(stringsType), "Fields of query and body; may hold the password."),
	member("postForm", mapOf(stringsType), "Fields of the body; may hold the password."),
	text("remoteAddr", "Address and port of the client."),
	member("headers", mapOf(stringsType), "Headers by canonical name."),
)
