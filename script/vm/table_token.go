package vm

const (
	claimEffect = "Adds the claim unless its name is reserved or it already has a value other than null."
	writeEffect = "Writes the user's metadata at once, also when the action fails later."
)

var keyParam = param("key", stringType)

var tokenCtx = object(
	member("v1", object(
		member("claims", mapOf(anyType), "The claims so far, standard and custom; a snapshot of the moment the action began.").by(nativeClaims),
		getter("getUser", userType, "The user the token is for."),
		member("user", object(
			getter("getMetadata", metadataListType, "Metadata of the user, read once per request."),
			member("grants", grantListType, "Grants of the projects in the requested audience; null without any.").nullable(),
		), "Metadata and grants of the user."),
		member("org", orgType, "The user's organization."),
		member("application", object(
			getter("getClientId", stringType, "Client id of the application, may be empty."),
		), "The application the token is for."),
		member("actor", actorType, "Who acts in place of the user, or null.").nullable(),
	), "Version 1 of the context."),
)

var actorType = newActorType()

// newActorType ties the knot: an actor may have been delegated by another one.
func newActorType() *Type {
	t := &Type{Kind: KindRecord, Name: "Actor", Doc: "Somebody acting in place of the user."}
	t.Members = []Member{
		text("userId", "Id of the acting user."),
		text("issuer", "Issuer of the acting user's token."),
		member("actor", t, "Who acted before, or null.").nullable(),
	}
	return t.seal()
}

var claimsAPI = object(
	method("setClaim", "Sets a custom claim. Value: anything JSON can hold.", claimEffect, nativeSetClaim,
		keyParam, optionalParam("value", anyType)),
	method("appendLogIntoClaims", "Adds a line to the claim urn:zitadel:iam:action:{name}:log.", "Adds a line to the action's log claim.",
		nativeAppendLogIntoClaims, param("text", anyType)),
)

var tokenAPI = object(
	member("v1", object(
		member("claims", claimsAPI, "Custom claims."),
		member("userinfo", claimsAPI, "Another name of claims.").old(),
		member("user", object(
			method("setMetadata", "Stores a metadata entry of the user as JSON text.", writeEffect, nativeSetMetadata,
				keyParam, param("value", anyType)),
		), "The user's metadata."),
	), "Version 1 of the interface."),
)

var samlCtx = object(
	member("v1", object(
		getter("getUser", userType, "The user the response is for."),
		member("user", object(
			getter("getMetadata", metadataListType, "Metadata of the user, read on each call.").by(nativeFreshMetadata),
			member("grants", grantListType, "Grants of the application's project; count 0 when there are none."),
		), "Metadata and grants of the user."),
		member("org", orgType, "The user's organization."),
	), "Version 1 of the context."),
)

var samlAPI = object(
	member("v1", object(
		member("attributes", object(
			method("setCustomAttribute", "Adds an attribute to the response; values become text.",
				"Adds the attribute unless one of that name was set before.", nativeSetCustomAttribute,
				param("name", stringType), param("nameFormat", stringType), rest("values", anyType)),
		), "Custom attributes."),
		member("user", object(
			method("setMetadata", "Stores a metadata entry of the user as JSON text.", writeEffect, nativeSetMetadata,
				keyParam, param("value", anyType)),
		), "The user's metadata."),
	), "Version 1 of the interface."),
)
