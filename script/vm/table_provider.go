package vm

const providerTimeDoc = "Time; not a Date."

// providerGetterNames are on every identity provider's user.
var providerGetterNames = [...]struct{ name, doc string }{
	{"getID", "Id of the user at the provider."},
	{"getFirstName", "Given name."},
	{"getLastName", "Family name."},
	{"getDisplayName", "Name to show."},
	{"getNickname", "Nickname."},
	{"getPreferredUsername", "Preferred user name."},
	{"getEmail", "E-mail address."},
	{"isEmailVerified", "Whether the e-mail address is verified."},
	{"getPhone", "Phone number."},
	{"isPhoneVerified", "Whether the phone number is verified."},
	{"getPreferredLanguage", "BCP 47 language tag."},
	{"getAvatarURL", "Address of the avatar."},
	{"getProfile", "Address of the profile page."},
}

func providerGetters() []Member {
	var list []Member
	for _, g := range providerGetterNames {
		t := stringType
		if g.name == "isEmailVerified" || g.name == "isPhoneVerified" {
			t = boolType
		}
		list = append(list, Member{Name: g.name, Doc: g.doc, native: nativeProviderGetter, arg: g.name,
			Type: &Type{Kind: KindFunc, Returns: t}})
	}
	return list
}

// claimAliases are the claim names of OpenID Connect that published examples
// use on the provider's user, and the members that hold them.
var claimAliases = map[string]string{
	"sub": "subject", "given_name": "givenName", "family_name": "familyName", "middle_name": "middleName",
	"updated_at": "updatedAt", "preferred_username": "preferredUsername", "email_verified": "emailVerified",
	"phone_number": "phoneNumber", "phone_number_verified": "phoneNumberVerified",
}

var oidcMembers = []Member{
	text("subject", "Id of the user at the provider."),
	text("name", "Full name."),
	text("givenName", "Given name."),
	text("familyName", "Family name."),
	text("middleName", "Middle name."),
	text("nickname", "Nickname."),
	text("profile", "Address of the profile page."),
	text("picture", "Address of the picture."),
	text("website", "Address of the web site."),
	text("gender", "Gender."),
	text("birthdate", "Date of birth."),
	text("zoneinfo", "Time zone."),
	member("locale", anyType, "Language.").optional(),
	member("updatedAt", anyType, "When the profile was last changed.").optional(),
	text("preferredUsername", "Preferred user name."),
	text("email", "E-mail address."),
	member("emailVerified", boolObject, "Boolean object, always truthy: use isEmailVerified()."),
	text("phoneNumber", "Phone number."),
	member("phoneNumberVerified", boolObject, "Boolean object, always truthy: use isPhoneVerified()."),
	member("address", anyType, "Address.").optional(),
	member("claims", mapOf(anyType), "All claims as the provider sent them."),
	Member{Name: "toJSON", Doc: "The user by claim names, for JSON.stringify.", Hidden: true, native: nativeProviderJSON,
		Type: &Type{Kind: KindFunc, Returns: anyType}},
}

var tokenClaimMembers = []Member{
	text("issuer", "Issuer of the token."),
	member("audience", stringsType, "Audience of the token."),
	member("expiration", anyType, "When the token expires.").optional(),
	member("issuedAt", anyType, "When the token was issued.").optional(),
	member("notBefore", anyType, "From when the token is valid.").optional(),
	text("nonce", "Nonce.").optional(),
}

var oidcProviderType = record("oidc", "OpenID Connect, GitLab, Apple.", join(oidcMembers, providerGetters())...)

var providerInfoType = &Type{Kind: KindUnion, Name: "ProviderInfo", Doc: "What the identity provider told about the user; depends on the provider.",
	Alternatives: []*Type{
		oidcProviderType,
		record("jwt", "JSON Web Token.", join(tokenClaimMembers, oidcMembers, providerGetters())...),
		record("google", "Google.", join([]Member{member("user", oidcProviderType, "The OpenID Connect user.")}, providerGetters())...),
		record("oauth", "OAuth 2.0.", join([]Member{member("rawInfo", mapOf(anyType), "JSON of the user endpoint.")}, providerGetters())...),
		record("github", "GitHub.", join(githubMembers, providerGetters())...),
		record("azuread", "Azure AD.", join(azureMembers, providerGetters())...),
		record("ldap", "LDAP.", join(ldapMembers, providerGetters())...),
		record("saml", "SAML.", join([]Member{text("iD", "Name id."),
			member("attributes", mapOf(stringsType), "Values by attribute name; take [0] for the first.")}, providerGetters())...),
	}}

var githubMembers = []Member{
	text("login", "Login."), number("iD", "Id."), text("nodeId", "Node id."), text("avatarUrl", "Avatar."),
	text("gravatarId", "Gravatar id.").optional(), text("url", "API address."), text("htmlUrl", "Profile page."),
	text("followersUrl", "").optional(), text("followingUrl", "").optional(), text("gistsUrl", "").optional(),
	text("starredUrl", "").optional(), text("subscriptionsUrl", "").optional(), text("organizationsUrl", "").optional(),
	text("reposUrl", "").optional(), text("eventsUrl", "").optional(), text("receivedEventsUrl", "").optional(),
	text("type", "Kind of account."), flag("siteAdmin", "Whether the user administrates the site."),
	text("name", "Full name."), text("company", "Company."), text("blog", "Blog."), text("location", "Location."),
	member("email", stringObject, "E-mail address as a String object."), flag("hireable", "Whether open to offers."),
	text("bio", "About the user."), text("twitterUsername", "Twitter name."),
	number("publicRepos", "Public repositories."), number("publicGists", "Public gists."),
	number("followers", "Followers."), number("following", "Followed users."),
	moment("createdAt", providerTimeDoc), moment("updatedAt", providerTimeDoc),
	number("privateGists", "Private gists.").optional(), number("totalPrivateRepos", "Private repositories.").optional(),
	number("ownedPrivateRepos", "Owned private repositories.").optional(), number("diskUsage", "Disk usage.").optional(),
	number("collaborators", "Collaborators.").optional(),
	flag("twoFactorAuthentication", "Whether a second factor is set up."),
	member("plan", record("GitHubPlan", "Plan of the account.", text("name", "Name."), number("space", "Space."),
		number("privateRepos", "Private repositories."), number("collaborators", "Collaborators.")), "Plan of the account."),
}

var azureMembers = []Member{
	text("iD", "Id."), member("businessPhones", arrayOf(stringObject), "Phone numbers as String objects."), text("displayName", "Name to show."),
	text("firstName", "Given name."), text("jobTitle", "Job title."), member("email", stringObject, "E-mail address as a String object."),
	member("mobilePhone", stringObject, "Mobile number as a String object."), text("officeLocation", "Office."),
	text("preferredLanguage", "BCP 47 language tag."), text("lastName", "Family name."), text("userPrincipalName", "User principal name."),
}

var ldapMembers = []Member{
	text("iD", "Id."), text("firstName", "Given name."), text("lastName", "Family name."), text("displayName", "Name to show."),
	text("nickName", "Nickname."), text("preferredUsername", "Preferred user name."), member("email", stringObject, "E-mail address as a String object."),
	flag("emailVerified", "Whether the e-mail address is verified."), member("phone", stringObject, "Phone number as a String object."),
	flag("phoneVerified", "Whether the phone number is verified."), text("preferredLanguage", "BCP 47 language tag."),
	text("avatarURL", "Address of the avatar."), text("profile", "Address of the profile page."),
}

// IsClaimAlias reports whether name is a claim's name under which the user of
// an OpenID Connect provider can be read as well.
func IsClaimAlias(name string) bool { return claimAliases[name] != "" }
