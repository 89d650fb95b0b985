package actions

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiffSize(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		a, b           string
		added, removed int
	}{
		"equal":                       {"a\nb", "a\nb", 0, 0},
		"only the last newline":       {"a\nb\n", "a\nb", 0, 0},
		"line ends of a form":         {"a\r\nb", "a\nb", 0, 0},
		"from nothing":                {"", "a\nb", 2, 0},
		"to nothing":                  {"a\nb", "", 0, 2},
		"one line changed":            {"a\nb\nc", "a\nx\nc", 1, 1},
		"moved line":                  {"a\nb\nc", "b\nc\na", 1, 1},
		"inserted in the middle":      {"a\nc", "a\nb\nc", 1, 0},
		"repeated lines are not lost": {"}\n}\n}", "}\n}", 0, 1},
	} {
		if added, removed := DiffSize(tc.a, tc.b); added != tc.added || removed != tc.removed {
			t.Errorf("%s: +%d -%d, want +%d -%d", name, added, removed, tc.added, tc.removed)
		}
	}
}

func TestSideBySide(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("same\n", 10)
	var got []string
	for _, row := range sideBySide(long+"old\n", long+"new\nmore\n") {
		switch {
		case row.fold > 0:
			got = append(got, "fold")
		case row.changed():
			got = append(got, row.left.text+"|"+row.right.text)
		}
	}
	if diff := cmp.Diff([]string{"fold", "old|new", "|more"}, got); diff != "" {
		t.Error(diff)
	}
	if rows := sideBySide(long+"old\n", long+"new\n"); rows[0].fold != 7 {
		t.Errorf("hidden lines = %d, want 7: three stay around the change", rows[0].fold)
	}
}
