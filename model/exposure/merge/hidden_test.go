package merge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// hide makes of candidates what a weaker account sees: ids, and no names.
func hide(cands []exposure.Candidate) []exposure.Candidate {
	for i := range cands {
		c := &cands[i]
		w := *c.Workbook
		w.Name, w.Description, w.Owner = "", "", model.User{}
		c.Workbook, c.Dashboard = &w, &model.Dashboard{ID: c.Dashboard.ID, LUID: c.Dashboard.LUID}
		c.ContainerPath = nil
		// Of a view without a path the address is its workbook's.
		c.URL = "https://bi.example.com/#/site/acme/workbooks/7"
	}
	return cands
}

// What Tableau hides stays: in an entry as it was written, in one
// that was edited by hand, and until it shows again.
func TestHiddenStays(t *testing.T) {
	base := exported(t)
	texts := three()
	texts[0].Workbook.Description = "Two\n\nparagraphs, {{ odd }}"
	described := mustMerge(t, base, base, replan(base, base, texts...))
	for name, file := range map[string][]byte{
		"as written":   described.Text,
		"label edited": edit(t, described.Text, `label: "Beta"`, "label: Better # mine"),
		"url removed":  edit(t, described.Text, "    url: \"https://bi.example.com/#/site/acme/views/Sales/3f9c1a2b\"\n", ""),
	} {
		t.Run(name, func(t *testing.T) {
			shown := mustMerge(t, file, described.Base, replan(file, described.Base, texts...))
			hidden := mustMerge(t, file, described.Base, replan(file, described.Base, hide(three())...))
			if string(hidden.Text) != string(file) || string(hidden.Base) != string(shown.Base) {
				t.Errorf("%s%s", Diff(file, hidden.Text, "file"), Diff(shown.Base, hidden.Base, "base"))
			}
			if diff := cmp.Diff(shown.Items, hidden.Items); diff != "" {
				t.Errorf("items (-shown +hidden):\n%s", diff)
			}
			bare := mustMerge(t, file, nil, replan(file, nil, hide(three())...))
			if string(bare.Text) != string(file) {
				t.Errorf("without a base:\n%s", Diff(file, bare.Text, "file"))
			}
		})
	}
}

// What still shows is updated: parents, and the project when only the workbook hides.
func TestHiddenInPart(t *testing.T) {
	base := exported(t)
	p := exposuretest.Shop("1.12.6")
	c := three()
	c[0].Workbook.Name, c[0].ContainerPath = "", []string{"Sales"}
	c[0].Parents = []exposure.Parent{exposuretest.Parent(p, calendar)}
	c[1].Workbook.Name, c[1].ContainerPath = "Sales 2", []string{"Finance", ""} // one workbook of all three
	c[1].Workbook = &model.Workbook{LUID: c[1].Workbook.LUID, Name: "Sales 2", Owner: model.User{Name: "Owner One"}}
	res := mustMerge(t, base, base, replan(base, base, c...))
	want := []string{
		"-- ref('fct_orders')", "+- ref('lib', 'calendar')",
		`-project_path: "Finance / EMEA"`, `+project_path: "Sales"`,
		`-description: "Tableau: Finance / EMEA / Sales"`, `+description: "Tableau: Finance / EMEA / Sales 2"`,
		`-workbook: "Sales"`, `+workbook: "Sales 2"`,
	}
	if diff := cmp.Diff(want, changed(base, res.Text)); diff != "" {
		t.Error(diff)
	}
}

// A dashboard without a name is not exported for the first time; a refusal of one
// that was tells its label.
func TestNoName(t *testing.T) {
	plan := replan(nil, nil, hide(three()[:1])...)
	if len(plan.Exposures) > 0 || len(plan.Refusals) == 0 || plan.Refusals[0].Code != exposure.CodeNoName ||
		plan.Refusals[0].Title != "(name hidden) "+exposuretest.LUIDA || !strings.Contains(plan.Refusals[0].Fix, "View") {
		t.Errorf("%+v", plan)
	}
	base := exported(t)
	c := hide(three()[:1])
	c[0].Parents = append(c[0].Parents, exposuretest.Parent(exposuretest.Shop("1.12.6"), "model.shop.secret"))
	plan = replan(base, base, c...)
	if len(plan.Refusals) != 1 || plan.Refusals[0].Title != "Alpha" || plan.Refusals[0].Code != exposure.CodePrivate {
		t.Errorf("%+v", plan)
	}
}

// An entry whose place is hidden stays in its file, unless the layout does not ask
// for what hides.
func TestHiddenPlace(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	layout := func(d *Disk, pattern exposure.Pattern, c ...exposure.Candidate) exposure.Plan {
		return exposuretest.Plan(c, d.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: p, File: exposuretest.OurFile, Place: pattern.File})
	}
	const byWorkbook = exposure.Pattern("models/{project}/{workbook}.yml")
	none, _ := ReadDisk(t.Context(), nil, nil)
	first, err := none.Merge(t.Context(), layout(none, byWorkbook, three()[0]), Settle{})
	if err != nil || len(first.Files) != 1 || first.Files[0].Name != "models/finance__emea/sales.yml" {
		t.Fatalf("%v %+v", err, first.Files)
	}
	file := File{first.Files[0].Name, first.Files[0].Text}
	for pattern, want := range map[exposure.Pattern]string{
		byWorkbook:          file.Name,
		"models/{site}.yml": "models/acme.yml",
	} {
		d, err := ReadDisk(t.Context(), []File{file}, first.Base)
		if err != nil {
			t.Fatal(err)
		}
		if plan := layout(d, pattern, hide(three())[0]); len(plan.Exposures) != 1 || plan.Exposures[0].File != want {
			t.Errorf("%s: %+v", pattern, plan)
		}
	}
}

// The owner of the options follows the options; one that Tableau reported stays.
func TestOwnerMissing(t *testing.T) {
	p := exposuretest.Shop("1.12.6")
	export := func(file, base []byte, owner string, c exposure.Candidate) merged {
		known := mustRead(file, base).Known()
		return mustMerge(t, file, base, exposuretest.Plan([]exposure.Candidate{c}, known, exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: p, File: exposuretest.OurFile, OwnerName: owner}))
	}
	quiet := three()[0]
	quiet.Workbook.Owner = model.User{}
	first := export(nil, nil, "Team", quiet)
	if !strings.Contains(string(first.Base), `owner: default}`) {
		t.Errorf("%s", first.Base)
	}
	second := export(first.Text, first.Base, "Guild", quiet)
	if got := changed(first.Text, second.Text); !cmp.Equal(got, []string{`-name: "Team"`, `+name: "Guild"`}) {
		t.Error(got)
	}
	third := export(second.Text, second.Base, "Guild", three()[0])
	if strings.Contains(string(third.Base), `owner: default}`) {
		t.Errorf("%s", third.Base)
	}
	fourth := export(third.Text, third.Base, "Guild", quiet)
	if string(fourth.Text) != string(third.Text) {
		t.Error(Diff(third.Text, fourth.Text, "f"))
	}
	less := three()[0]
	less.Workbook.Owner.Email = ""
	if fifth := export(third.Text, third.Base, "Guild", less); string(fifth.Text) != string(third.Text) {
		t.Error(Diff(third.Text, fifth.Text, "f"))
	}
}

// A dashboard that becomes hidden in its workbook loses the address that leads nowhere
// now; the workbook's stays when a poorer answer does not have it.
func TestHiddenInItsWorkbook(t *testing.T) {
	base := exported(t)
	hidden := three()
	c := &hidden[0]
	d := *c.Dashboard
	d.LUID, d.Path, d.Hidden = "", "", true
	c.Dashboard, c.URL = &d, "https://bi.example.com/#/site/acme/workbooks/7"
	own := "url: \"https://bi.example.com/#/site/acme/views/Sales/3f9c1a2b\""
	if !strings.Contains(string(base), own) {
		t.Fatal(string(base))
	}
	moved := mustMerge(t, base, base, replan(base, base, hidden...))
	c.URL = ""
	for name, tt := range map[string]struct {
		before []byte
		want   string
	}{
		"it had its own":        {base, ""},
		"it had its workbook's": {moved.Text, "https://bi.example.com/#/site/acme/workbooks/7"},
	} {
		got := mustMerge(t, tt.before, tt.before, replan(tt.before, tt.before, hidden...))
		entry := EntriesIn(got.Text)[0]
		if entry.Name != "alpha" || entry.URL != tt.want {
			t.Errorf("%s: the address is %q, want %q", name, entry.URL, tt.want)
		}
	}
	d.Hidden = false // only the answer has no path
	partial := mustMerge(t, base, base, replan(base, base, hidden...))
	if !strings.Contains(string(partial.Text), own) {
		t.Errorf("an answer without the path takes the address away:\n%s", partial.Text)
	}
}
