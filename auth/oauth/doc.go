// Package oauth is the OAuth 2 and OpenID Connect server for tools: discovery,
// authorization with PKCE, the token endpoint with its four grants,
// introspection, revocation, keys and userinfo.
//
// It speaks the protocol with the provider of zitadel/oidc and knows nothing
// of the database or of pages: what it needs of the rest of the server it asks
// its Backend for, and people meet it on the consent page of the console.
package oauth
