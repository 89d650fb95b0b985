package services_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"flowbench/models"
)

func names(page models.ActionPage) []string {
	list := []string{}
	for _, a := range page.Actions {
		list = append(list, a.Name)
	}
	return list
}

func byName(name string, method models.TextMethod) []models.ActionQuery {
	return []models.ActionQuery{{Name: &models.ActionNameQuery{Name: name, Method: method}}}
}

func TestListFilters(t *testing.T) {
	all := []string{"log", "logOut", "Über%uns", "ÄRGER_1", "a\\b", "catalog"}
	tests := []struct {
		title   string
		queries []models.ActionQuery
		want    []string
	}{
		{"everything in creation order", nil, all},
		{"equals is exact", byName("log", models.TextEquals), []string{"log"}},
		{"equals minds case", byName("LOG", models.TextEquals), nil},
		{"equals with an empty name matches none", byName("", models.TextEquals), nil},
		{"equals ignoring case", byName("LOGout", models.TextEqualsIgnoreCase), []string{"logOut"}},
		{"equals ignoring case beyond ASCII", byName("ärger_1", models.TextEqualsIgnoreCase), []string{"ÄRGER_1"}},
		{"starts with", byName("log", models.TextStartsWith), []string{"log", "logOut"}},
		{"starts with minds case", byName("Log", models.TextStartsWith), nil},
		{"starts with, empty", byName("", models.TextStartsWith), all},
		{"starts ignoring case beyond ASCII", byName("üBER", models.TextStartsWithIgnoreCase), []string{"Über%uns"}},
		{"contains", byName("log", models.TextContains), []string{"log", "logOut", "catalog"}},
		{"contains minds case", byName("OUT", models.TextContains), nil},
		{"contains ignoring case", byName("OUT", models.TextContainsIgnoreCase), []string{"logOut"}},
		{"contains ignoring case beyond ASCII", byName("rger", models.TextContainsIgnoreCase), []string{"ÄRGER_1"}},
		{"percent is literal", byName("%", models.TextContains), []string{"Über%uns"}},
		{"underscore is literal", byName("_", models.TextContainsIgnoreCase), []string{"ÄRGER_1"}},
		{"backslash is literal", byName("\\", models.TextContains), []string{"a\\b"}},
		{"ends with", byName("log", models.TextEndsWith), []string{"log", "catalog"}},
		{"ends with, empty", byName("", models.TextEndsWith), all},
		{"ends ignoring case", byName("%UNS", models.TextEndsWithIgnoreCase), []string{"Über%uns"}},
		{"longer than every name", byName(strings.Repeat("x", 200), models.TextEndsWith), nil},
		{"a NUL matches nothing", byName("\x00", models.TextContains), nil},
		{"queries are ANDed", slices.Concat(byName("log", models.TextStartsWith), byName("Out", models.TextEndsWith)), []string{"logOut"}},
		{"active", state(models.ActionActive), []string{"log", "logOut", "Über%uns", "ÄRGER_1", "a\\b"}},
		{"inactive", state(models.ActionInactive), []string{"catalog"}},
		{"unspecified state matches nothing", state(models.ActionUnspecified), nil},
		{"unknown id", id("000000000000000000"), nil},
	}
	eachWorld(t, func(t *testing.T, w world) {
		for _, name := range all {
			last := w.create(t, name)
			if name == "catalog" {
				if _, err := w.Actions.Deactivate(w.ctx, last.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, test := range tests {
			page, err := w.Actions.List(w.ctx, models.ActionFilter{Queries: test.queries})
			if err != nil {
				t.Errorf("%s: %v", test.title, err)
				continue
			}
			if diff := cmp.Diff(append([]string{}, test.want...), names(page)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.title, diff)
			}
			if int(page.Total) != len(test.want) {
				t.Errorf("%s: total %d, want %d", test.title, page.Total, len(test.want))
			}
		}
	})
}

func state(s models.ActionState) []models.ActionQuery { return []models.ActionQuery{{State: &s}} }

func id(id string) []models.ActionQuery { return []models.ActionQuery{{ID: &id}} }

func TestListPages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		for _, name := range []string{"b", "A", "c", "Z", "ä"} {
			w.create(t, name)
		}
		tests := []struct {
			title string
			f     models.ActionFilter
			want  []string
			total uint64
		}{
			{"first page", models.ActionFilter{Limit: 2}, []string{"b", "A"}, 5},
			{"second page", models.ActionFilter{Limit: 2, Offset: 2}, []string{"c", "Z"}, 5},
			{"last page", models.ActionFilter{Limit: 2, Offset: 4}, []string{"ä"}, 5},
			{"past the end has no total", models.ActionFilter{Limit: 2, Offset: 5}, []string{}, 0},
			{"far past the end", models.ActionFilter{Offset: 1 << 63}, []string{}, 0},
			{"filtered first page", models.ActionFilter{Limit: 2, Queries: state(models.ActionActive)}, []string{"b", "A"}, 5},
			{"asc without a column means nothing", models.ActionFilter{Asc: true}, []string{"b", "A", "c", "Z", "ä"}, 5},
			{"by name", models.ActionFilter{Sort: models.ActionSortName, Asc: true}, []string{"A", "b", "c", "Z", "ä"}, 5},
			{"by name, descending", models.ActionFilter{Sort: models.ActionSortName}, []string{"ä", "Z", "c", "b", "A"}, 5},
			{"by id", models.ActionFilter{Sort: models.ActionSortID, Asc: true}, []string{"b", "A", "c", "Z", "ä"}, 5},
			{"by id, descending", models.ActionFilter{Sort: models.ActionSortID}, []string{"ä", "Z", "c", "A", "b"}, 5},
		}
		for _, test := range tests {
			page, err := w.Actions.List(w.ctx, test.f)
			if err != nil {
				t.Errorf("%s: %v", test.title, err)
				continue
			}
			if diff := cmp.Diff(test.want, names(page)); diff != "" || page.Total != test.total {
				t.Errorf("%s: total %d, want %d (-want +got):\n%s", test.title, page.Total, test.total, diff)
			}
		}
	})
}

func TestListByState(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		for i := range 4 {
			a := w.create(t, fmt.Sprint("a", i))
			if i%2 == 0 {
				if _, err := w.Actions.Deactivate(w.ctx, a.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		page, err := w.Actions.List(w.ctx, models.ActionFilter{Sort: models.ActionSortState, Asc: true})
		if diff := cmp.Diff([]string{"a0", "a2", "a1", "a3"}, names(page)); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestListLimitAtItsEdge(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		if _, err := w.Actions.List(w.ctx, models.ActionFilter{Limit: 1000}); err != nil {
			t.Errorf("1000 rows: %v", err)
		}
		_, err := w.Actions.List(w.ctx, models.ActionFilter{Limit: 1001})
		wantRule(t, err, models.KindInvalid, models.RuleListLimit)
	})
}

func TestListForTheConsole(t *testing.T) {
	eachWorld(t, func(t *testing.T, w world) {
		a := w.create(t, "setGrüße")
		b := w.create(t, "other")
		change := models.LaneChange{Flow: models.FlowComplementToken, Trigger: models.TriggerPreUserinfoCreation, ActionIDs: []string{b.ID}}
		if _, err := w.Flows.SetTriggerActions(w.ctx, change); err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			f    models.ActionFilter
			want []string
		}{
			{models.ActionFilter{Search: "GRÜSSE"}, []string{}},
			{models.ActionFilter{Search: "grÜßE(CTX"}, []string{a.Name}},
			{models.ActionFilter{Search: "FUNCTION OTHER"}, []string{b.Name}},
			{models.ActionFilter{UsedIn: models.PreUserinfo}, []string{b.Name}},
			{models.ActionFilter{UsedIn: models.PreAccessToken}, []string{}},
			{models.ActionFilter{UsedIn: "none"}, []string{a.Name}},
		} {
			page, err := w.Actions.List(w.ctx, test.f)
			if diff := cmp.Diff(test.want, names(page)); err != nil || diff != "" || int(page.Total) != len(test.want) {
				t.Errorf("%+v: total %d, %v (-want +got):\n%s", test.f, page.Total, err, diff)
			}
		}
	})
}
