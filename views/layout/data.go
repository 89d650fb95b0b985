package layout

import (
	"context"
	"html"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Data draws a block of JSON for the page's script to read. The policy of the
// page forbids scripts in it, so data travels this way or in data- attributes.
func Data(id, json string) templ.Component { return data(id, json) }

func data(id, json string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<script type="application/json" id="`+html.EscapeString(id)+`">`+escapeJSON(json)+`</script>`)
		return err
	})
}

// escapeJSON keeps a text inside the JSON from ending the element.
func escapeJSON(json string) string { return strings.ReplaceAll(json, "<", `\u003c`) }
