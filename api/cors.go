package api

import (
	"net/http"

	"github.com/rs/cors"
)

// withCORS lets pages of any origin call the API with a bearer token. It runs
// before routing, as a preflight asks for a method that no route has. The API
// never reads cookies; that makes the open rule safe.
func withCORS(next http.Handler) http.Handler {
	return cors.New(cors.Options{
		AllowOriginFunc:  func(string) bool { return true }, // reflects the origin, which credentials need
		AllowCredentials: true,
		AllowedMethods: []string{http.MethodOptions, http.MethodGet, http.MethodHead, http.MethodPost,
			http.MethodPut, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"Origin", "Content-Type", "Accept", "Accept-Language", "Authorization", "X-Zitadel-Orgid",
			"X-User-Agent", "X-Grpc-Web", "X-Requested-With", "Connect-Protocol-Version", "Connect-Timeout-Ms", "Grpc-Timeout"},
		ExposedHeaders: []string{"Location", "Content-Length", "Grpc-Status", "Grpc-Message", "Grpc-Status-Details-Bin"},
	}).Handler(next)
}

// withRobots keeps every answer out of search engines.
func withRobots(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "none")
		next.ServeHTTP(w, r)
	})
}
