package lint

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"flowbench/models"
)

// text turns the parser's indexes (byte offset + 1) into positions.
type text struct {
	source string
	lines  []int // byte offset of each line's start
}

func newText(source string) *text {
	t := &text{source: source, lines: []int{0}}
	for i := 0; i < len(source); i++ {
		if source[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// position returns line and column, both from 1; the column counts UTF-16
// units as browsers do.
func (t *text) position(idx int) (line, column int) {
	offset := min(max(idx-1, 0), len(t.source))
	line = 1
	for line < len(t.lines) && t.lines[line] <= offset {
		line++
	}
	return line, t.column(t.lines[line-1], offset)
}

func (t *text) column(start, offset int) int {
	column := 1
	for _, r := range t.source[start:offset] {
		column++
		if r > 0xffff {
			column++
		}
	}
	return column
}

func (t *text) slice(from, to int) string {
	from, to = max(from-1, 0), min(to-1, len(t.source))
	if from >= to {
		return ""
	}
	return t.source[from:to]
}

var moduleSyntax = regexp.MustCompile(`(?m)^[ \t]*(import|export)\b[ \t]*[\w{*"'(]`)

// syntaxProblems turns the parser's or the compiler's error into problems.
func syntaxProblems(t *text, err error) []models.Problem {
	if at := moduleSyntax.FindStringIndex(t.source); at != nil {
		line, column := t.position(at[0] + 1)
		return []models.Problem{{Rule: "module-syntax", Severity: models.SeverityError, Line: line, Column: column,
			Message: "Scripts are not modules: import and export do not exist. Use require(\"zitadel/…\") and a plain function."}}
	}
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return []models.Problem{syntaxProblem(list[0].Position.Line, list[0].Position.Column, list[0].Message)}
	}
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		p := syntax.File.Position(syntax.Offset)
		return []models.Problem{syntaxProblem(p.Line, p.Column, syntax.Message)}
	}
	return []models.Problem{syntaxProblem(1, 1, strings.TrimPrefix(err.Error(), "SyntaxError: "))}
}

func syntaxProblem(line, column int, message string) models.Problem {
	if !utf8.ValidString(message) {
		message = strings.ToValidUTF8(message, "�")
	}
	return models.Problem{Rule: "syntax", Severity: models.SeverityError, Line: max(line, 1), Column: max(column, 1),
		Message: strings.TrimPrefix(message, "SyntaxError: ")}
}
