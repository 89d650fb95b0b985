package ui_test

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"flowbench/views/text"
	"flowbench/views/ui"
)

var update = flag.Bool("update", false, "write the golden files anew")

var en = text.In("en")

// golden are the parts in the forms that pages use.
var golden = map[string]templ.Component{
	"button":          ui.Button(ui.ButtonProps{Label: "Save", Kind: ui.Primary, Keys: "Ctrl S", Pending: "Saving…"}),
	"button_disabled": ui.Button(ui.ButtonProps{Label: "Undo", Type: "button", Disabled: true}),
	"button_icon":     ui.Button(ui.ButtonProps{Label: "Reorder setClaims", Icon: "handle", IconOnly: true, Type: "button"}),
	"button_link":     ui.Button(ui.ButtonProps{Label: "New action", Href: "/o/1/actions/new"}),
	"field":           ui.Field(ui.FieldProps{Name: "name", Label: "Name", Value: `"a" <b>`, Hint: "A hint.", Required: true}),
	"field_invalid":   ui.Field(ui.FieldProps{Name: "name", Label: "Name", Hint: "A hint.", Error: "Too long."}),
	"password":        ui.Password(ui.FieldProps{Name: "password", Label: "Password", Value: "never shown"}, "Show"),
	"textarea":        ui.TextArea(ui.FieldProps{Name: "script", Label: "Script", Value: "</textarea><b>", Error: "Wrong."}),
	"select": ui.Select(ui.SelectProps{FieldProps: ui.FieldProps{Name: "t", Label: "Trigger", Value: "b"},
		Options: []ui.Option{{Value: "", Label: "Any"}, {Value: "a", Label: "A", Group: "One"}, {Value: "b", Label: "B", Group: "One"}, {Value: "c", Label: "C", Group: "Two"}}}),
	"radios": ui.Radios(ui.RadiosProps{Name: "theme", Label: "Theme", Value: "dark",
		Options: []ui.Option{{Value: "", Label: "System"}, {Value: "dark", Label: "Dark"}}}),
	"check":    ui.Check(ui.CheckProps{Name: "allowed", Label: "Allowed to fail", Checked: true, Hint: "If it fails, sign-in goes on."}),
	"badge":    ui.Badge(ui.OK, "check", "Active"),
	"banner":   with(ui.Banner(ui.Warn), "A warning."),
	"summary":  ui.Summary(en, ui.Faults{{Field: "name", Message: "Too long."}, {Message: "Something else."}}),
	"message":  ui.Message("Email or password is not right."),
	"empty":    with(ui.Empty("No actions yet."), "New action"),
	"dialog":   with(ui.Dialog(ui.DialogProps{ID: "delete", Title: "Delete setClaims?", Wide: true}), "Sure?"),
	"opener":   ui.DialogButton("delete", ui.ButtonProps{Label: "Delete"}),
	"menu":     with(ui.Menu(ui.MenuProps{ID: "m", Label: "More for setClaims"}), "…"),
	"menulink": ui.MenuLink("Open", "edit", "/o/1/actions/7"),
	"table": with(ui.Table(ui.TableProps{Label: "Actions", Columns: []ui.Column{
		{Label: "Name", Sort: "?sort=name", Sorted: "ascending", Frag: "#rows"}, {Label: "Timeout", Number: true}, {Label: "Menu", Hidden: true}}}), ""),
	"copyid": ui.CopyID(en, "364758248252769388"),
}

// with renders a part with a text as its child.
func with(part templ.Component, child string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return part.Render(templ.WithChildren(ctx, templ.Raw(child)), w)
	})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, part := range golden {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := render(t, part)
			file := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("run go test ./views/ui -update if this is wanted (-want +got):\n%s", diff)
			}
		})
	}
}

// render draws a part with one tag per line. The fingerprint of the icons is
// left out, because it changes with every new icon.
func render(t *testing.T, part templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := part.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	html := strings.ReplaceAll(b.String(), "><", ">\n<") + "\n"
	for {
		before, after, ok := strings.Cut(html, "/static/img/icons.")
		if !ok {
			return html
		}
		_, rest, _ := strings.Cut(after, ".svg")
		html = before + "icons" + rest
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]string{
		0: "just now", 59 * time.Second: "just now", time.Minute: "1 minute ago", 59 * time.Minute: "59 minutes ago",
		time.Hour: "1 hour ago", 24*time.Hour - 1: "23 hours ago", 24 * time.Hour: "1 day ago",
		7*24*time.Hour - 1: "6 days ago", 7 * 24 * time.Hour: "14 November 2026", -time.Hour: "21 November 2026",
	} {
		if got := ui.Since(en, now, now.Add(-ago)); got != want {
			t.Errorf("%v ago: got %q, want %q", ago, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		4200 * time.Microsecond: "4.2 ms", 999 * time.Millisecond: "999.0 ms", time.Second: "1 s",
		1300 * time.Millisecond: "1.3 s", 10 * time.Second: "10 s",
	} {
		if got := ui.Duration(en, d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestFaults_On(t *testing.T) {
	t.Parallel()
	faults := ui.Faults{{Field: "name", Message: "first"}, {Field: "name", Message: "second"}}
	if faults.On("name") != "first" || faults.On("script") != "" {
		t.Errorf("On: %q, %q", faults.On("name"), faults.On("script"))
	}
}
