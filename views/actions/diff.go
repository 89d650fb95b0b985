package actions

import "strings"

// lineKind says on which side of a comparison a line stands.
type lineKind int

const (
	lineSame lineKind = iota
	lineRemoved
	lineAdded
	lineFold // stands for unchanged lines that are left out
)

// diffLine is one row of a comparison. A and B are line numbers, 0 if the line
// is not on that side; a fold has the number of lines it hides.
type diffLine struct {
	kind   lineKind
	a, b   int
	text   string
	hidden int
}

// foldContext is how many unchanged lines stay around a change.
const foldContext = 3

// diffLines compares two texts line by line by their longest common
// subsequence. Scripts have at most a few hundred lines, so the plain table is
// quick enough.
func diffLines(a, b string) []diffLine {
	left, right := splitLines(a), splitLines(b)
	common := lcs(left, right)
	var rows []diffLine
	i, j := 0, 0
	for i < len(left) || j < len(right) {
		switch {
		case i < len(left) && j < len(right) && left[i] == right[j]:
			rows = append(rows, diffLine{lineSame, i + 1, j + 1, left[i], 0})
			i, j = i+1, j+1
		case j == len(right) || (i < len(left) && common[i+1][j] >= common[i][j+1]):
			rows = append(rows, diffLine{lineRemoved, i + 1, 0, left[i], 0})
			i++
		default:
			rows = append(rows, diffLine{lineAdded, 0, j + 1, right[j], 0})
			j++
		}
	}
	return rows
}

// lcs returns, for every pair of suffixes, the length of what they share.
func lcs(left, right []string) [][]int {
	table := make([][]int, len(left)+1)
	for i := range table {
		table[i] = make([]int, len(right)+1)
	}
	for i := len(left) - 1; i >= 0; i-- {
		for j := len(right) - 1; j >= 0; j-- {
			if left[i] == right[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

func splitLines(s string) []string {
	s = strings.TrimSuffix(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// DiffSize counts the added and removed lines between two scripts.
func DiffSize(a, b string) (added, removed int) {
	for _, row := range diffLines(a, b) {
		switch row.kind {
		case lineAdded:
			added++
		case lineRemoved:
			removed++
		}
	}
	return added, removed
}

// folded replaces long runs of unchanged lines by one row each.
func folded(rows []diffLine) []diffLine {
	near := make([]bool, len(rows))
	for i, row := range rows {
		if row.kind == lineSame {
			continue
		}
		for n := max(0, i-foldContext); n <= min(len(rows)-1, i+foldContext); n++ {
			near[n] = true
		}
	}
	var out []diffLine
	for i, row := range rows {
		switch {
		case near[i]:
			out = append(out, row)
		case len(out) > 0 && out[len(out)-1].kind == lineFold:
			out[len(out)-1].hidden++
		default:
			out = append(out, diffLine{kind: lineFold, hidden: 1})
		}
	}
	return out
}
