package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"flowbench/models"
)

// Completions answers with what ctx and api offer at a trigger, as JSON for the
// editor.
func (h Actions) Completions(c *gin.Context) error {
	list, err := h.Services.Scripts.Completions(c.Request.Context(), models.Slug(c.Query("trigger")))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, list)
	return nil
}
