package models

// Severity grades a problem.
type Severity string

// The severities.
const (
	SeverityError   Severity = "SEVERITY_ERROR"   // the run fails, or the call does
	SeverityWarning Severity = "SEVERITY_WARNING" // it runs, but not as it reads
	SeverityInfo    Severity = "SEVERITY_INFO"    // worth knowing
)

// Problem is one finding of the parser or the linter. Lines and columns are
// 1-based, columns count UTF-16 units as browsers do; the end is exclusive and
// may be missing.
type Problem struct {
	Rule      string   `json:"rule"` // "syntax" or the id of a lint rule
	Severity  Severity `json:"severity"`
	Message   string   `json:"message"`
	Line      int      `json:"line,omitempty"`
	Column    int      `json:"column,omitempty"`
	EndLine   int      `json:"endLine,omitempty"`
	EndColumn int      `json:"endColumn,omitempty"`
	Fix       *Fix     `json:"fix,omitempty"`
}

// Fix replaces a range of the script by a text. Positions are as in Problem.
type Fix struct {
	Title     string `json:"title"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

// RuleSyntax marks the problems of a script that does not parse; other
// problems carry the id of a lint rule.
const RuleSyntax = "syntax"

// CheckResult lists problems and the top-level functions found.
type CheckResult struct {
	Parses    bool      `json:"parses"`
	Problems  []Problem `json:"problems"`
	Functions []string  `json:"functions,omitempty"`
}
