package api

import (
	_ "embed"

	"github.com/gin-gonic/gin"
)

//go:embed openapi.json
var openAPI []byte

// serveOpenAPI answers the description of the REST form, which is generated
// from the .proto files.
func serveOpenAPI(c *gin.Context) {
	c.Header("Access-Control-Allow-Origin", "*")
	c.Data(200, "application/json", openAPI)
}

// OpenAPI returns the description that is served at /openapi.json, for pages
// that show it.
func OpenAPI() []byte { return openAPI }
