package merge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

const byHand = `exposures:
  # the board's favourite
  - name: board
    type: dashboard
    label: Our board   # do not change
    url: https://bi.example.com/t/acme/views/Sales/3f9c1a2b?:iid=1
    maturity: high
    owner: {name: Ops, email: ops@example.com}
    depends_on: [ref('countries')]
    meta: {team: sales}

  - name: other
    type: notebook
    owner: {name: Ops}
`

// opt plans into ourFile beside a hand-written file.
func withHand(d *Disk, keep []string, c ...exposure.Candidate) exposure.Plan {
	return exposuretest.Plan(c, d.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile, WasRead: d.WasRead, KeepKeys: keep})
}

func TestAdopt(t *testing.T) {
	files := []File{{"models/hand.yml", []byte(byHand)}, {exposuretest.OurFile, nil}}
	disk, err := ReadDisk(t.Context(), files, nil)
	if err != nil {
		t.Fatal(err)
	}
	alpha := three()[0]
	if plan := withHand(disk, nil, alpha); len(plan.Refusals) != 1 || plan.Refusals[0].Code != exposure.CodeDeclared {
		t.Fatalf("doubled: %+v", plan)
	}
	who, ok := disk.Find(alpha)
	if !ok || who.Name != "board" {
		t.Fatalf("not recognised: %+v", who)
	}
	if ferr := disk.Adopt(alpha.Key, who); ferr != nil {
		t.Fatal(ferr)
	}
	out, err := disk.Merge(t.Context(), withHand(disk, nil, alpha), Settle{Keep: []string{"board"}})
	if err != nil || len(out.Files) != 1 || out.Files[0].Name != "models/hand.yml" {
		t.Fatalf("%v %+v", err, out)
	}
	want := []string{
		`+description: "Tableau: Finance / EMEA / Sales"`, `-depends_on: [ref('countries')]`, "+depends_on:", "+- ref('countries')", "+- ref('fct_orders')",
		"+config:", "+meta:", "+tableau:", `+luid: "` + exposuretest.LUIDA + `"`, "+kind: dashboard", `+server: "https://bi.example.com"`, `+site: "acme"`,
		`+workbook_luid: "11112222-0000-4000-8000-000000000000"`, `+workbook: "Sales"`, `+project_path: "Finance / EMEA"`, "+managed_by: darkroom",
	}
	if diff := cmp.Diff(want, changed([]byte(byHand), out.Files[0].Text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range out.Conflicts {
		if c.NeedsAnswer {
			t.Errorf("asked: %+v", c)
		}
	}

	// From now on it follows Tableau where the person left it to darkroom, in its
	// own place, and asks only about what Tableau changes.
	files[0].Text = out.Files[0].Text
	alpha.URL, alpha.Dashboard.Name = "https://bi.example.com/new", "Alpha 2"
	alpha.Workbook.Description = "New"
	if disk, err = ReadDisk(t.Context(), files, out.Base); err != nil {
		t.Fatal(err)
	}
	next, err := disk.Merge(t.Context(), withHand(disk, nil, alpha), Settle{Take: []string{"url"}})
	if err != nil || len(next.Files) != 1 {
		t.Fatalf("%v %+v", err, next)
	}
	text := string(next.Files[0].Text)
	for _, s := range []string{"name: board", "label: Our board   # do not change", "url: \"https://bi.example.com/new\"", `description: "New\n`} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is missing in\n%s", s, text)
		}
	}
	if len(next.Conflicts) == 0 || next.Conflicts[0].Field != "label" || !next.Conflicts[0].NeedsAnswer {
		t.Errorf("conflicts = %+v", next.Conflicts)
	}
}

func TestAdoptRefuses(t *testing.T) {
	text := "exposures:\n  - {name: flow, type: dashboard, url: 'https://bi.example.com/#/site/acme/views/Sales/3f9c1a2b'}\n"
	disk, err := ReadDisk(t.Context(), []File{{"models/hand.yml", []byte(text)}, {"bad.yml", []byte("exposures: [")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	who, _ := disk.Find(three()[0])
	for _, who := range []exposure.Declared{who, {Name: "nowhere", File: "models/hand.yml"}, {Name: "x", File: "bad.yml"}, {Name: "x", File: "none.yml"}} {
		if ferr := disk.Adopt(exposuretest.LUIDA, who); ferr == nil || ferr.Fix == "" {
			t.Errorf("%+v: %v", who, ferr)
		}
	}
}

// A dashboard that was republished takes over the entry, with its name and edits.
func TestSame(t *testing.T) {
	base := exported(t)
	file := edit(t, base, `label: "Beta"`, "label: \"Beta\" # b\n    maturity: low")
	fresh := three()[1]
	fresh.Key, fresh.Dashboard.LUID = exposuretest.LUIDD, exposuretest.LUIDD
	disk := mustRead(file, base)
	if ferr := disk.TakeOver(exposuretest.LUIDB, exposuretest.LUIDD); ferr != nil {
		t.Fatal(ferr)
	}
	plan := exposuretest.Plan([]exposure.Candidate{three()[0], fresh, three()[2]}, disk.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile})
	out, err := disk.Merge(t.Context(), plan, Settle{})
	if err != nil || len(out.Conflicts) > 0 {
		t.Fatalf("%v %+v", err, out.Conflicts)
	}
	want := []string{`-luid: "` + exposuretest.LUIDB + `"`, `+luid: "` + exposuretest.LUIDD + `"`}
	if diff := cmp.Diff(want, changed(file, out.Files[0].Text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if strings.Contains(string(out.Base), exposuretest.LUIDB) {
		t.Errorf("the old dashboard is still in the last export:\n%s", out.Base)
	}
	if ferr := mustRead(file, base).TakeOver(exposuretest.LUIDA, exposuretest.LUIDB); ferr == nil {
		t.Error("took over the entry of a dashboard that has one")
	}
	if ferr := mustRead(file, base).TakeOver(exposuretest.LUIDD, exposuretest.LUIDA); ferr == nil {
		t.Error("took over an entry that is not there")
	}
}

func TestRename(t *testing.T) {
	base := exported(t)
	file := edit(t, base, `label: "Beta"`, "label: Better")
	taken := func(name string) bool { return name == "elsewhere" }
	out, err := mustRead(file, base).Rename(t.Context(), "beta", "sales_board", taken)
	if err != nil {
		t.Fatal(err)
	}
	text := out.Files[0].Text
	if diff := cmp.Diff([]string{"-- name: beta", "+- name: sales_board"}, changed(file, text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if last := string(out.Base); !strings.Contains(last, "- name: sales_board\n") || strings.Contains(last, "- name: beta\n") {
		t.Errorf("last export:\n%s", last)
	}
	res := mustMerge(t, text, out.Base, replan(text, out.Base, three()...))
	if string(res.Text) != string(text) {
		t.Errorf("the name did not stay:\n%s", Diff(text, res.Text, "f"))
	}
	if res.Conflicts[0].NeedsAnswer || res.Conflicts[0].Field != "label" {
		t.Errorf("%+v", res.Conflicts)
	}
	for from, to := range map[string]string{"beta": "alpha", "alpha": "Big Name", "gamma": "elsewhere", "nobody": "x", "Alpha": "x"} {
		if _, err := mustRead(file, base).Rename(t.Context(), from, to, taken); err == nil {
			t.Errorf("%s → %s passed", from, to)
		}
	}
}

// Two dashboards swap titles: the names stay with the dashboards.
func TestTitleSwap(t *testing.T) {
	base := exported(t)
	c := three()
	c[0].Dashboard.Name, c[1].Dashboard.Name = c[1].Dashboard.Name, c[0].Dashboard.Name
	res := mustMerge(t, base, base, replan(base, base, c...))
	want := []string{`-label: "Alpha"`, `+label: "Beta"`, `-label: "Beta"`, `+label: "Alpha"`}
	if diff := cmp.Diff(want, changed(base, res.Text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
