package handlers

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"flowbench/models"
	"flowbench/views/help"
	"flowbench/views/layout"
)

// Help answers the documents, which are the same for everybody.
type Help struct {
	*Console
	reference func() (help.Reference, error)
}

// NewHelp returns the handlers of the help. description is the OpenAPI text
// that the reference is made from, once and when first asked for.
func NewHelp(console *Console, description []byte) Help {
	return Help{console, sync.OnceValues(func() (help.Reference, error) { return help.ReadReference(description) })}
}

// Index lists what there is to read.
func (h Help) Index(c *gin.Context) error {
	return h.Answer(c, http.StatusOK, help.Index(h.Shell(c, layout.NoPage, h.Text(c).S("help.title"))), nil)
}

// Show shows one document.
func (h Help) Show(c *gin.Context) error {
	topic, ok := help.TopicBySlug(c.Param("topic"))
	if !ok {
		return models.NotFound("", "There is no such page of the help.")
	}
	document, err := help.Read(topic)
	if err != nil {
		return err
	}
	return h.Answer(c, http.StatusOK, help.Show(h.Shell(c, layout.NoPage, document.Title), document), nil)
}

// API shows the reference of every method.
func (h Help) API(c *gin.Context) error {
	reference, err := h.reference()
	if err != nil {
		return err
	}
	return h.Answer(c, http.StatusOK, help.API(h.Shell(c, layout.NoPage, h.Text(c).S("help.api")), reference), nil)
}
