package text_test

import (
	"testing"

	"flowbench/views/text"
)

func TestS(t *testing.T) {
	t.Parallel()
	en := text.In("en")
	for name, tc := range map[string]struct{ got, want string }{
		"plain":                    {en.S("common.save"), "Save"},
		"placeholder":              {en.S("common.more_for", "name", "setClaims"), "More for setClaims"},
		"missing value shows name": {en.S("common.more_for"), "More for {name}"},
		"one":                      {en.S("common.things_to_fix", "n", 1), "1 thing to fix"},
		"other":                    {en.S("common.things_to_fix", "n", 2), "2 things to fix"},
		"numbers are grouped":      {en.S("common.things_to_fix", "n", 12345), "12,345 things to fix"},
		"unknown key shows itself": {en.S("common.nonsense"), "common.nonsense"},
		"unknown language":         {text.In("xx").S("common.save"), "Save"},
		"pseudo keeps values":      {text.In(text.Pseudo).S("common.more_for", "name", "an action"), "[Móré fór an action~~~]"},
		"german decimals":          {text.In("de").Decimal(1234.56), "1.234,6"},
		"english decimals":         {en.Decimal(4.21), "4.2"},
		"german numbers":           {text.In("de").S("common.things_to_fix", "n", 12345), "12.345 Angaben sind zu berichtigen"},
		"pseudo":                   {text.In(text.Pseudo).S("common.save"), "[Sávé~]"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: got %q, want %q", name, tc.got, tc.want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"open placeholder":   "{name",
		"stray closing":      "name}",
		"empty name":         "{}",
		"unknown kind":       "{n, date, short}",
		"plural no other":    "{n, plural, one {#}}",
		"plural not closed":  "{n, plural, other {#}",
		"form not closed":    "{n, plural, other {#",
		"brace inside brace": "{a{b}}",
	} {
		if _, err := text.Parse(source); err == nil {
			t.Errorf("%s: %q was accepted", name, source)
		}
	}
	p, err := text.Parse("{who}: {n, plural, =0 {none of {all}} one {# of {all}} other {#}}")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"who", "n", "all"} {
		if !p.Placeholders()[name] {
			t.Errorf("placeholder %s was not found", name)
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ setting, accept, want string }{
		{"en", "fr", "en"}, {"", "fr-CH, fr;q=0.9", "en"}, {"", "", "en"}, {"", "%%%", "en"},
		{"qps", "en", "qps"}, {"", "qps", "qps"}, {"", "qps, en;q=0.5", "qps"}, {"en", "qps", "en"},
		{"", "de-CH, de;q=0.9, en;q=0.8", "de"}, {"", "fr, de;q=0.9", "de"}, {"en", "de", "en"}, {"de", "en", "de"}, {"nonsense", "en-US", "en"},
	} {
		if got := text.Choose(tc.setting, tc.accept); got != tc.want {
			t.Errorf("Choose(%q, %q) = %q, want %q", tc.setting, tc.accept, got, tc.want)
		}
	}
}

func TestGroup(t *testing.T) {
	t.Parallel()
	group := text.In("en").Group("common.more_for", "script")
	if group["common.more_for"] != "More for {name}" {
		t.Errorf("group = %v", group)
	}
	if _, ok := group["common.save"]; ok {
		t.Error("a key outside of the prefixes is in the group")
	}
	if _, ok := group["script.offline"]; !ok {
		t.Error("a key below the prefix is missing")
	}
}
