package actions

// sideRow is one row of the side by side view: what stands left and right.
// A missing side has number 0.
type sideRow struct {
	left, right diffLine
	fold        int  // number of hidden lines, 0 for a row with text
	first       bool // the first row of a change, a target for next and previous
}

// changed reports whether the two sides of the row differ.
func (r sideRow) changed() bool { return r.fold == 0 && r.left.kind != lineSame }

// sideBySide pairs removed lines with the added ones that follow them.
func sideBySide(a, b string) []sideRow {
	var rows []sideRow
	var removed, added []diffLine
	flush := func() {
		for i := range max(len(removed), len(added)) {
			row := sideRow{left: diffLine{kind: lineRemoved}, right: diffLine{kind: lineAdded}, first: i == 0}
			if i < len(removed) {
				row.left = removed[i]
			}
			if i < len(added) {
				row.right = added[i]
			}
			rows = append(rows, row)
		}
		removed, added = nil, nil
	}
	for _, line := range folded(diffLines(a, b)) {
		switch line.kind {
		case lineRemoved:
			removed = append(removed, line)
		case lineAdded:
			added = append(added, line)
		case lineFold:
			flush()
			rows = append(rows, sideRow{fold: line.hidden})
		default:
			flush()
			rows = append(rows, sideRow{left: line, right: line})
		}
	}
	flush()
	return rows
}
