package oauth

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/rs/cors"
	httphelper "github.com/zitadel/oidc/v3/pkg/http"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"flowbench/models"
)

// Options are what a Provider is made of.
type Options struct {
	Issuer  string // the external address, byte for byte what clients are given
	Backend Backend
	Log     *slog.Logger
}

// Provider answers the endpoints. They have ZITADEL's paths.
type Provider struct {
	issuer  string
	storage *storage
	inner   *op.Provider
	mux     *http.ServeMux
}

// Paths are what the provider answers.
var Paths = []string{oidc.DiscoveryEndpoint, "/oauth/v2/*path", "/oidc/v1/userinfo"}

// bodyLimit bounds the forms of clients, in bytes.
const bodyLimit = 1 << 20

// setEndpoints gives the paths of ZITADEL to all providers of this process. The
// library's own option writes to the same shared value with each provider,
// which races with the requests of the one before.
var setEndpoints = sync.OnceFunc(func() {
	*op.DefaultEndpoints = op.Endpoints{
		Authorization:       op.NewEndpoint("oauth/v2/authorize"),
		Token:               op.NewEndpoint("oauth/v2/token"),
		Introspection:       op.NewEndpoint("oauth/v2/introspect"),
		Userinfo:            op.NewEndpoint("oidc/v1/userinfo"),
		Revocation:          op.NewEndpoint("oauth/v2/revoke"),
		EndSession:          op.NewEndpoint("oidc/v1/end_session"),
		JwksURI:             op.NewEndpoint("oauth/v2/keys"),
		DeviceAuthorization: op.NewEndpoint("oauth/v2/device_authorization"),
	}
})

// New makes a provider.
func New(o Options) (*Provider, error) {
	p := &Provider{issuer: o.Issuer, storage: &storage{o.Backend, o.Log}, mux: http.NewServeMux()}
	setEndpoints()
	options := []op.Option{
		op.WithCrypto(sealing{o.Backend}),
		op.WithCORSOptions(nil), // around everything, below
	}
	if strings.HasPrefix(o.Issuer, "http://") {
		options = append(options, op.WithAllowInsecure())
	}
	var err error
	p.inner, err = op.NewProvider(&op.Config{CodeMethodS256: true, AuthMethodPost: true, AuthMethodPrivateKeyJWT: true, GrantTypeRefreshToken: true,
		SupportedScopes: []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail, oidc.ScopeOfflineAccess, models.APIScope},
		SupportedClaims: []string{"sub", "aud", "exp", "iat", "iss", "auth_time", "nonce", "at_hash", "preferred_username", "name", "email"},
	}, p.storage, op.StaticIssuer(o.Issuer), options...)
	if err != nil {
		return nil, fmt.Errorf("make OAuth provider: %w", err)
	}
	p.mux.HandleFunc("GET "+oidc.DiscoveryEndpoint, p.discover)
	p.mux.HandleFunc("POST /oauth/v2/token", p.token)
	for _, path := range []string{"/oauth/v2/authorize", "/oauth/v2/authorize/callback", "/oidc/v1/userinfo"} {
		p.mux.Handle("GET "+path, p.inner)
		p.mux.Handle("POST "+path, p.inner)
	}
	p.mux.Handle("GET /oauth/v2/keys", p.inner)
	p.mux.Handle("POST /oauth/v2/introspect", p.inner)
	p.mux.Handle("POST /oauth/v2/revoke", p.inner)
	return p, nil
}

// ServeHTTP answers one request. Other origins may ask, without cookies.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
	crossOrigin.Handler(p.mux).ServeHTTP(w, r.WithContext(op.ContextWithIssuer(r.Context(), p.issuer)))
}

var crossOrigin = cors.New(cors.Options{AllowedMethods: []string{http.MethodGet, http.MethodPost},
	AllowedHeaders: []string{"Authorization", "Content-Type", "Accept"}})

// discover leaves out what the provider could but this server does not do.
func (p *Provider) discover(w http.ResponseWriter, r *http.Request) {
	d := op.CreateDiscoveryConfig(r.Context(), p.inner, p.storage)
	d.ResponseTypesSupported = []string{string(oidc.ResponseTypeCode)}
	d.GrantTypesSupported = []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeClientCredentials, oidc.GrantTypeBearer}
	d.ResponseModesSupported = []string{string(oidc.ResponseModeQuery), string(oidc.ResponseModeFragment)}
	d.EndSessionEndpoint, d.DeviceAuthorizationEndpoint, d.CheckSessionIframe = "", "", ""
	op.Discover(w, d)
}

// token answers the JWT profile itself, as the library calls a wrong
// signature a failure of the server.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("grant_type") != string(oidc.GrantTypeBearer) {
		p.inner.ServeHTTP(w, r)
		return
	}
	answer, err := p.profile(r)
	if err != nil {
		op.RequestError(w, r, err, nil)
		return
	}
	httphelper.MarshalJSON(w, answer)
}

func (p *Provider) profile(r *http.Request) (*oidc.AccessTokenResponse, error) {
	ctx := r.Context()
	q, err := op.ParseJWTProfileGrantRequest(r, p.inner.Decoder())
	if err != nil {
		return nil, err
	}
	assertion, err := op.VerifyJWTAssertion(ctx, q.Assertion, p.inner.JWTProfileVerifier(ctx))
	if err != nil {
		return nil, oidc.ErrInvalidGrant().WithDescription("The assertion is not valid.")
	}
	scopes := []string(q.Scope)
	if len(scopes) == 0 {
		scopes = scopesInside(q.Assertion)
	}
	return op.CreateJWTTokenResponse(ctx, machineRequest{assertion.Subject, knownScopes(scopes)}, p.inner)
}

// scopesInside returns the scopes of a verified assertion: golang.org/x/oauth2
// puts them there, as Google wants it.
func scopesInside(assertion string) []string {
	var claims struct {
		Scope string `json:"scope"`
	}
	if _, err := oidc.ParseToken(assertion, &claims); err != nil {
		return nil
	}
	return strings.Fields(claims.Scope)
}

// CallbackURL is where the browser goes after consent, with the secret of the
// request.
func CallbackURL(secret string) string {
	return "/oauth/v2/authorize/callback?id=" + url.QueryEscape(secret)
}

// DeniedURL is where the browser goes when the person refuses.
func DeniedURL(r models.AuthRequest) string {
	u, err := url.Parse(r.RedirectURI)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set("error", "access_denied")
	if r.State != "" {
		q.Set("state", r.State)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// sealing shows the Backend to the provider as its cipher.
type sealing struct{ backend Backend }

// Encrypt makes an access token or a code of what it stands for.
func (s sealing) Encrypt(plain string) (string, error) {
	return s.backend.Seal(context.Background(), plain)
}

// Decrypt reads it.
func (s sealing) Decrypt(sealed string) (string, error) {
	return s.backend.Open(context.Background(), sealed)
}
