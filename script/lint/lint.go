package lint

import (
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"flowbench/models"
	"flowbench/script/vm"
)

// MaxProblems bounds a report; what follows is not told.
const MaxProblems = 100

// Check parses script and reports its problems in source order. name is the
// action's name, "" if there is none yet; trigger may be empty, then only the
// rules apply that hold everywhere.
func Check(name, script string, trigger models.Slug) models.CheckResult {
	text := newText(script)
	program, err := parser.ParseFile(nil, "", script, 0, parser.WithDisableSourceMaps)
	if err == nil {
		_, err = goja.CompileAST(program, false)
	}
	if err != nil {
		return models.CheckResult{Problems: syntaxProblems(text, err)}
	}
	c := newChecker(name, text, program, vm.TableOf(trigger))
	c.run()
	slices.SortStableFunc(c.problems, func(a, b models.Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return models.CheckResult{Parses: true, Problems: c.problems[:min(len(c.problems), MaxProblems)], Functions: c.functionNames()}
}

// checker walks one program. Rules are methods that look at one node.
type checker struct {
	name     string
	text     *text
	program  *ast.Program
	table    *vm.Table // nil: no trigger was named
	problems []models.Problem
	scopes   []map[string]binding
	parents  []ast.Node
	main     ast.Node // the action's function
	mainArgs [2]string
	assigned map[string]bool // names that get a new value somewhere
	written  map[string]bool // member names that the script assigns to
	loops    int             // loops around the node, within the same run of the function
}

func newChecker(name string, t *text, program *ast.Program, table *vm.Table) *checker {
	c := &checker{name: name, text: t, program: program, table: table, problems: []models.Problem{},
		assigned: map[string]bool{}, written: map[string]bool{}}
	c.collect(program)
	c.findMain()
	return c
}

func (c *checker) run() {
	c.push()
	c.checkName()
	c.declareFunctions(c.program)
	for _, s := range c.program.Body {
		c.visit(s)
	}
}

// report adds a problem about the source of n.
func (c *checker) report(rule string, n ast.Node, message string, fix *models.Fix) {
	c.reportRange(rule, int(n.Idx0()), int(n.Idx1()), message, fix)
}

func (c *checker) reportRange(rule string, from, to int, message string, fix *models.Fix) {
	p := models.Problem{Rule: rule, Severity: severities()[rule], Message: message, Fix: fix}
	p.Line, p.Column = c.text.position(from)
	p.EndLine, p.EndColumn = c.text.position(to)
	c.problems = append(c.problems, p)
}

// fix replaces the source between two indexes.
func (c *checker) fix(title string, from, to int, with string) *models.Fix {
	f := &models.Fix{Title: title, Text: with}
	f.Line, f.Column = c.text.position(from)
	f.EndLine, f.EndColumn = c.text.position(to)
	return f
}

// source returns the script's text of n.
func (c *checker) source(n ast.Node) string { return c.text.slice(int(n.Idx0()), int(n.Idx1())) }

func (c *checker) parent(up int) ast.Node {
	if i := len(c.parents) - up; i >= 0 && i < len(c.parents) {
		return c.parents[i]
	}
	return nil
}
