package decisions

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model/curate"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/project/config"
)

func TestPins(t *testing.T) {
	pin := config.Pin{Table: `snowflake://A.B."C d"`, Node: "model.shop.orders", By: "ana", At: "2026-11-23T18:00:00Z", Why: "x\n# y"}
	gone := config.Ignore{Table: "snowflake://A.SANDBOX.*", Why: "scratch"}
	const pinLine = `- {table: "snowflake://A.B.\"C d\"", node: "model.shop.orders", by: "ana", at: "2026-11-23T18:00:00Z", why: "x\n# y"}` + "\n"
	const goneLine = `- {table: "snowflake://A.SANDBOX.*", why: "scratch"}` + "\n"
	const other = `- {table: "snowflake://X.Y.Z", node: model.shop.x}` + "\n"
	for _, c := range []struct{ name, before, after, removed string }{
		{"no file", "", decisionsHead + "pins:\n  " + pinLine + "ignore:\n  " + goneLine, decisionsHead},
		{
			"in their place", "pins: [] # none\n# c\n\nignore:\n# all of it\ndecisions:\n  \"a\": {decision: include}\n",
			"pins:\n  " + pinLine + "# c\n\nignore:\n  " + goneLine + "# all of it\ndecisions:\n  \"a\": {decision: include}\n",
			"pins:\n# c\n\nignore:\n# all of it\ndecisions:\n  \"a\": {decision: include}\n",
		},
		{
			"after others", "pins:\n" + other + "# end\nignore:\n    - table: \"snowflake://Q.R.S\"\n      why: w\n",
			"pins:\n" + other + pinLine + "# end\nignore:\n    - table: \"snowflake://Q.R.S\"\n      why: w\n    " + goneLine,
			"pins:\n" + other + "# end\nignore:\n    - table: \"snowflake://Q.R.S\"\n      why: w\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			if c.before != "" {
				disktest.Write(t, root, decisionsName, c.before)
			}
			s, b, _ := open(t, root, Options{})
			disktest.Must(t, s.Append(b.Toggle([]string{"z"}, curate.Meta{})))
			disktest.Must(t, s.AddPin(pin))
			disktest.Must(t, s.AddIgnore(gone))
			if diff := cmp.Diff(c.after, disktest.Read(t, root, decisionsName)); diff != "" {
				t.Error(diff)
			}
			if m := s.Matches(); m.Pins[len(m.Pins)-1] != pin || m.Ignore[len(m.Ignore)-1] != gone {
				t.Error(m)
			}
			if err := s.AddPin(pin); err == nil || disktest.Read(t, root, decisionsName) != c.after {
				t.Error("the same pin twice", err)
			}
			disktest.Must(t, s.RemovePin(pin.Table))
			disktest.Must(t, s.RemoveIgnore(gone.Table))
			if diff := cmp.Diff(c.removed, disktest.Read(t, root, decisionsName)); diff != "" {
				t.Error(diff)
			}
			if s.RemovePin(pin.Table) == nil || s.AddPin(config.Pin{Table: "x"}) == nil {
				t.Error("no error")
			}
			disktest.Must(t, s.Save(b))
			if got := disktest.Read(t, root, decisionsName); !strings.Contains(got, `"z": {decision: include}`) {
				t.Error(got)
			}
		})
	}
	root := t.TempDir()
	disktest.Write(t, root, decisionsName, "pins: [{table: \"a://b\", node: model.a.b}]\n")
	s, _, _ := open(t, root, Options{})
	if err := s.AddPin(pin); err == nil || !strings.Contains(err.Error(), "one item per line") {
		t.Error(err)
	}
}

// Two people who decide the same in two branches have decided it once after git took the
// lines of both, and it is taken away at once. Two who do not agree have to.
func TestMatchesThatGitDoubled(t *testing.T) {
	const file = decisionsHead + `maps:
  - {tableau: "A", dbt: "b"}
  - {tableau: "A", dbt: "b"}
  - {tableau: "B", dbt: "c"}
pins:
  - {table: "snowflake://A.B.C", node: "model.a.b", by: "x"}
  - {table: "snowflake://X.Y.Z", node: "model.a.c"}
  # a remark
  - {table: "snowflake://A.B.C", node: "model.a.b", by: "y", why: "the same"}
ignore:
  - {table: "snowflake://Q", by: "x"}
  - {table: "snowflake://Q", by: "y"}
`
	root := t.TempDir()
	disktest.Write(t, root, decisionsName, file)
	s, _, err := Open(root, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if m := s.Matches(); len(m.Maps) != 2 || len(m.Pins) != 2 || m.Pins[0].By != "x" || len(m.Ignore) != 1 {
		t.Errorf("%+v", m)
	}
	disktest.Must(t, s.RemovePin("snowflake://A.B.C"))
	disktest.Must(t, s.RemoveIgnore("snowflake://Q"))
	disktest.Must(t, s.RemoveMap(config.Map{BI: "A", DBT: "b"}))
	want := decisionsHead + "maps:\n  - {tableau: \"B\", dbt: \"c\"}\npins:\n  - {table: \"snowflake://X.Y.Z\", node: \"model.a.c\"}\n  # a remark\n"
	if got := disktest.Read(t, root, decisionsName); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if err := s.RemovePin("snowflake://A.B.C"); err == nil {
		t.Error("it is taken away twice")
	}
	disktest.Write(t, root, decisionsName, strings.Replace(file, `"model.a.b", by: "y"`, `"model.a.d", by: "y"`, 1))
	if _, _, err := Open(root, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "is pinned twice") {
		t.Error(err)
	}
}
