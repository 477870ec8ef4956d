package merge

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
	"darkroom/model/exposure/yamledit"
)

const (
	orders   = "model.shop.fct_orders"
	calendar = "model.lib.calendar"
)

// three is an export of three dashboards: alpha, beta, gamma.
func three() []exposure.Candidate {
	p := exposuretest.Shop("1.12.6")
	return []exposure.Candidate{exposuretest.Candidate(p, exposuretest.LUIDA, "Alpha", orders), exposuretest.Candidate(p, exposuretest.LUIDB, "Beta", orders, calendar), exposuretest.Candidate(p, exposuretest.LUIDC, "Gamma", orders)}
}

// exported is what the file and the base hold after the first export.
func exported(t *testing.T) []byte {
	t.Helper()
	res, err := Merge(nil, nil, replan(nil, nil, three()...))
	if err != nil {
		t.Fatal(err)
	}
	return res.Text
}

func mustMerge(t *testing.T, existing, base []byte, plan exposure.Plan) merged {
	t.Helper()
	res, err := Merge(existing, base, plan)
	if err != nil {
		t.Fatalf("%v\n%s", err, existing)
	}
	again, err := Merge(res.Text, res.Base, plan)
	if err != nil || string(again.Text) != string(res.Text) || string(again.Base) != string(res.Base) {
		t.Fatalf("a second merge changes the file: %v\n%s", err, Diff(res.Text, again.Text, "f"))
	}
	return res
}

// edit replaces one text that must be there exactly once.
func edit(t *testing.T, text []byte, old, new string) []byte {
	t.Helper()
	if strings.Count(string(text), old) != 1 {
		t.Fatalf("%q is %d times in\n%s", old, strings.Count(string(text), old), text)
	}
	return []byte(strings.Replace(string(text), old, new, 1))
}

func TestMerge(t *testing.T) {
	for name, tt := range mergeCases {
		t.Run(name, func(t *testing.T) {
			base := exported(t)
			file := slices.Clone(base)
			if tt.person != nil {
				file = tt.person(t, file)
			}
			cands := three()
			if tt.tableau != nil {
				cands = tt.tableau(cands)
			}
			res := mustMerge(t, file, base, replan(file, base, cands...))
			var conflicts []string
			for _, c := range res.Conflicts {
				field := c.Field
				if strings.HasPrefix(field, "config.meta.tableau.") {
					field = "config.meta.tableau"
				}
				conflicts = append(conflicts, c.Name+"."+field)
			}
			if diff := cmp.Diff(tt.conflicts, conflicts); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.changes, res.Changes); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			if len(tt.changes.Removed)+len(tt.changes.Added) > 0 {
				return
			}
			if diff := cmp.Diff(tt.want, changed(file, res.Text)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// changed are the removed and added lines of a diff, without their indents.
func changed(before, after []byte) []string {
	var out []string
	for i, l := range strings.Split(Diff(before, after, "f"), "\n") {
		if i > 1 && l != "" && (l[0] == '-' || l[0] == '+') {
			out = append(out, l[:1]+strings.TrimSpace(l[1:]))
		}
	}
	return out
}

// Adding and removing through a file edited by hand gives the same bytes
// as rendering, apart from what the person wrote.
func TestSpliceEqualsRender(t *testing.T) {
	const mark = "# a person was here\n"
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := exposuretest.Shop("1.12.6")
		pool := exposuretest.RandomCandidates(r, p, 12)
		pick := func() (out []exposure.Candidate) {
			for _, c := range pool {
				if r.IntN(2) == 0 {
					out = append(out, c)
				}
			}
			return out
		}
		base := Render(replan(nil, nil, pick()...))
		for i := range pool {
			if r.IntN(3) == 0 {
				d := *pool[i].Dashboard
				d.Name = exposuretest.RandomTitle(r)
				pool[i].Dashboard = &d
				pool[i].Unmatched = r.IntN(2)
			}
		}
		plan := replan(base, base, pick()...)
		res := mustMerge(t, []byte(mark+string(base)), base, plan)
		if want := mark + string(Render(plan)); want != string(res.Text) || len(res.Conflicts) > 0 {
			t.Fatalf("seed %d: %+v\n%s", seed, res.Conflicts, Diff([]byte(want), res.Text, "f"))
		}
	}
}

// Without a base, nothing is known to be unedited.
func TestMergeWithoutBase(t *testing.T) {
	file := exported(t)
	c := three()
	c[0].Dashboard.Name = "Alpha 2"
	res := mustMerge(t, file, nil, replan(file, nil, c...))
	if string(res.Text) != string(file) || len(res.Conflicts) != 1 || res.Conflicts[0].Ours != "Alpha 2" {
		t.Errorf("%+v\n%s", res.Conflicts, Diff(file, res.Text, "f"))
	}
	res, err := mergeOne(file, nil, replan(file, nil, c...), Settle{Take: []string{"label"}})
	if err != nil || !strings.Contains(string(res.Text), `label: "Alpha 2"`) || len(res.Conflicts) != 0 {
		t.Errorf("%v %+v", err, res.Conflicts)
	}
}

// A file laid out by hand: other keys, own entries, odd indents, comments.
const laidOut = `# our exposures
models:
  - name: fct_orders   # keep

exposures: # all of them

# --- by hand ---
- name: weekly_mail
  type: notebook
  owner: {name: Ops, email: ops@example.com}
  description: |
    text

    # not a comment

# --- Tableau ---
- label: .Title "Beta"
  name: beta
  type: dashboard
  url: https://bi.example.com/#/site/acme/views/Sales/77aa10ff
  depends_on: [ref('fct_orders'), "ref('lib', 'calendar')"] # flow
  owner: {name: Owner One, email: one@example.com}
  meta:
    team: sales
  config: {meta: {tableau: {luid: ` + exposuretest.LUIDB + `, managed_by: darkroom}}}

macros:
  - name: m
`

func TestMergeLaidOut(t *testing.T) {
	base := Render(replan(nil, nil, three()[1]))
	c := three()
	c[1].Dashboard.Name = "Beta 2"
	c[1].URL = "https://bi.example.com/new"
	c[1].Parents = c[1].Parents[:1]
	for _, eol := range []string{"\n", "\r\n"} {
		for _, bom := range []string{"", "\uFEFF"} {
			file := []byte(bom + strings.ReplaceAll(laidOut, "\n", eol))
			res := mustMerge(t, file, base, replan(file, base, c...))
			got := string(res.Text)
			if eol == "\r\n" && strings.Count(got, "\n") != strings.Count(got, "\r\n") || !strings.HasPrefix(got, bom) {
				t.Error("line ends or byte order mark changed")
			}
			got = strings.ReplaceAll(strings.TrimPrefix(got, bom), "\r\n", "\n")
			lines := changed([]byte(laidOut), []byte(got))
			lines = slices.DeleteFunc(lines, func(l string) bool { return l[0] == '+' })
			want := []string{
				"-url: https://bi.example.com/#/site/acme/views/Sales/77aa10ff",
				`-depends_on: [ref('fct_orders'), "ref('lib', 'calendar')"] # flow`,
			}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("lost lines (-want +got):\n%s\n%s", diff, got)
			}
			for _, s := range []string{
				"  depends_on: # flow\n    - ref('fct_orders')\n", "\n- name: alpha\n  label: \"Alpha\"\n", "\n- name: gamma\n",
				"\nmacros:\n  - name: m\n", `  url: "https://bi.example.com/new"` + "\n",
			} {
				if !strings.Contains(got, s) {
					t.Errorf("%q is missing in\n%s", s, got)
				}
			}
			var fields []string
			for _, conflict := range res.Conflicts {
				fields = append(fields, conflict.Field)
			}
			if !slices.Contains(fields, "label") {
				t.Errorf("the anchored label is no conflict: %q", fields)
			}
		}
	}
}

// From and to an empty list, and into a file that has no list.
func TestMergeEmptyAndAbsent(t *testing.T) {
	plan := replan(nil, nil, three()[0])
	body, _ := strings.CutPrefix(string(Render(plan)), header([]*model.Tool{exposuretest.Tableau})+"exposures:\n")
	for name, tt := range map[string]struct{ file, want string }{
		"no file":         {"", header([]*model.Tool{exposuretest.Tableau}) + "exposures:\n" + body},
		"blank file":      {" \n\n", header([]*model.Tool{exposuretest.Tableau}) + "exposures:\n" + body},
		"only comments":   {"# hi\n", "# hi\n\nversion: 2\n\nexposures:\n" + body},
		"empty list":      {"version: 2\nexposures: [] # none\n# end\n", "version: 2\nexposures: # none\n" + body + "# end\n"},
		"null":            {"exposures:\nmodels: []\n", "exposures:\n" + body + "models: []\n"},
		"models only":     {"version: 2\nmodels: []", "version: 2\nmodels: []\n\nexposures:\n" + body},
		"no last newline": {"exposures:\n  - name: zz", "exposures:\n" + body + "\n  - name: zz"},
		"unsorted":        {"exposures:\n  - name: z\n  - name: y", "exposures:\n  - name: z\n  - name: y\n" + body},
	} {
		t.Run(name, func(t *testing.T) {
			res := mustMerge(t, []byte(tt.file), nil, plan)
			if diff := cmp.Diff(tt.want, string(res.Text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	file := []byte("version: 2\n\nexposures: # ours\n" + body + "\nmodels: []\n")
	res := mustMerge(t, file, Render(plan), replan(file, Render(plan)))
	if want := "version: 2\n\nexposures: [] # ours\n\nmodels: []\n"; string(res.Text) != want {
		t.Errorf("all gone:\n%s", res.Text)
	}
}

func TestMergeRefusesWhatItCannotEdit(t *testing.T) {
	plan := replan(nil, nil, three()[0])
	for name, file := range map[string]string{
		"no YAML":        "exposures: [\n",
		"tab":            "exposures:\n\t- name: a\n",
		"two documents":  "a: 1\n---\nb: 1\n",
		"list":           "- a\n",
		"flow list":      "exposures: [{name: a}]\n",
		"text":           "exposures: none\n",
		"alias":          "x: &x [{name: a}]\nexposures: *x\n",
		"deep":           "a: " + strings.Repeat("[", 100_000),
		"deep dashes":    strings.Repeat("- ", 100_000),
		"duplicate name": "exposures:\n  - name: alpha\n",
	} {
		t.Run(name, func(t *testing.T) {
			res, err := Merge([]byte(file), nil, plan)
			var ferr *yamledit.Error
			if !errors.As(err, &ferr) || ferr.Problem == "" || ferr.Fix == "" || res.Text != nil {
				t.Errorf("err = %v, text = %q", err, res.Text)
			}
		})
	}
}

// Copies and lost keys: who is who.
func TestReadKnown(t *testing.T) {
	base := exported(t)
	file := edit(t, base, "  - name: beta\n", "  - name: renamed\n")
	file = append(file, "\n  - name: own\n    url: https://x/y\n"...)
	k := mustRead(file, base).Known()
	want := exposure.Known{
		Names:   map[string]string{exposuretest.LUIDA: "alpha", exposuretest.LUIDB: "renamed", exposuretest.LUIDC: "gamma"},
		Entries: []exposure.Declared{{Name: "own", URL: "https://x/y", File: exposuretest.OurFile}},
	}
	beta := exposure.Previous{
		Label: "Beta", URL: "https://bi.example.com/#/site/acme/views/Sales/77aa10ff", Description: "Tableau: Finance / EMEA / Sales",
		OwnerName: "Owner One", OwnerEmail: "one@example.com", Visible: true,
		Workbook: "Sales", WorkbookLUID: "11112222-0000-4000-8000-000000000000", ProjectPath: "Finance / EMEA", File: exposuretest.OurFile,
	}
	got, found := k.Previous(exposuretest.LUIDB)
	if diff := cmp.Diff(beta, got); diff != "" || !found {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, found := k.Previous("another"); found {
		t.Error("something is known of a dashboard without an entry")
	}
	k.Previous = nil
	if diff := cmp.Diff(want, k); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := readOne([]byte("managed_by: ["), nil); err == nil || !strings.Contains(err.Error(), exposuretest.OurFile) {
		t.Errorf("err = %v", err)
	}
	// The new name stays, and nothing else of the entry changes.
	res := mustMerge(t, file, base, replan(file, base, three()...))
	if string(res.Text) != string(file) {
		t.Errorf("%s", Diff(file, res.Text, "f"))
	}
}

// Held back: a ticked dashboard that a partial fetch did not bring.
func TestKeep(t *testing.T) {
	base := exported(t)
	plan := replan(base, base, three()[:2]...)
	plan.KeepKeys = []string{exposuretest.LUIDC}
	res := mustMerge(t, base, base, plan)
	if string(res.Text) != string(base) || !strings.Contains(string(res.Base), "name: gamma") || len(res.Conflicts) > 0 {
		t.Errorf("%+v\n%s\n%s", res.Conflicts, res.Base, Diff(base, res.Text, "f"))
	}
}

// An entry goes without a question only when it says to the letter what was written:
// numbers of pairs or of "#" are not proof of that.
func TestUntick(t *testing.T) {
	base := exported(t)
	for name, tt := range map[string]struct {
		old, new string
		gone     bool
	}{
		"as it was":    {"version: 2\n", "version: 2\n# hi\n", true},
		"requoted":     {`label: "Gamma"`, "label: 'Gamma'", false},
		"with comment": {`label: "Gamma"`, "label: 'Gamma' # mine", false},
		"with key":     {`label: "Gamma"`, "label: 'Gamma'\n    maturity: high", false},
		"with value":   {`label: "Gamma"`, "label: 'Gama'", false},
		"with merge":   {`label: "Gamma"`, "label: \"Gamma\"\n    <<: {}", false},
		"with a map in a list": {
			"      - ref('fct_orders')\n    owner:\n      name: \"Owner One\"\n      email: \"one@example.com\"\n    config:\n      meta:\n        tableau:\n          luid: \"" + exposuretest.LUIDC,
			"      - ref('fct_orders')\n      - {mine: 1}\n    owner:\n      name: \"Owner One\"\n      email: \"one@example.com\"\n    config:\n      meta:\n        tableau:\n          luid: \"" + exposuretest.LUIDC, false,
		},
		"with an anchor": {`label: "Gamma"`, `label: &g "Gamma"`, false},
	} {
		t.Run(name, func(t *testing.T) {
			file := edit(t, base, tt.old, tt.new)
			res := mustMerge(t, file, base, replan(file, base, three()[:2]...))
			if gone := !strings.Contains(string(res.Text), "name: gamma"); gone != tt.gone || gone == (len(res.Conflicts) > 0) {
				t.Errorf("gone = %t, conflicts = %+v", gone, res.Conflicts)
			}
		})
	}
}

// tags and meta move under config when the project moves to dbt 1.10.
func TestMergeAcrossDbtVersions(t *testing.T) {
	c := three()
	c[0].Dashboard.Tags = []string{"hot"}
	old := exposuretest.Plan(c, exposure.Known{}, exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.9.10"), File: exposuretest.OurFile})
	base := Render(old)
	file := edit(t, base, `label: "Alpha"`, `label: "Alpha" # a`)
	plan := replan(file, base, c...)
	res := mustMerge(t, file, base, plan)
	want := edit(t, Render(plan), `label: "Alpha"`, `label: "Alpha" # a`)
	if diff := cmp.Diff(string(want), string(res.Text)); diff != "" || len(res.Conflicts) > 0 {
		t.Errorf("%+v (-want +got):\n%s", res.Conflicts, diff)
	}
}

// An entry without its meta is still known when meta moves to another place.
func TestMetaThrownOutAcrossDbtVersions(t *testing.T) {
	c := three()[:1]
	base := Render(exposuretest.Plan(c, exposure.Known{}, exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.9.10"), File: exposuretest.OurFile}))
	before, _, _ := strings.Cut(string(base), "    meta:\n")
	file := []byte(before + "    config: # mine\n") // nothing can be put below that
	res := mustMerge(t, file, base, replan(file, base, c...))
	if string(res.Text) != string(file) || !strings.Contains(string(res.Base), exposuretest.LUIDA) {
		t.Errorf("%s\n%s", Diff(file, res.Text, "f"), res.Base)
	}
	c[0].Dashboard.Name = "Alpha 2"
	res = mustMerge(t, res.Text, res.Base, replan(res.Text, res.Base, c...))
	if got := changed(file, res.Text); !slices.Equal(got, []string{`-label: "Alpha"`, `+label: "Alpha 2"`}) {
		t.Error(got)
	}
}

// Values that come through anchors and merge keys are read, not rewritten.
func TestMergeAnchors(t *testing.T) {
	base := Render(replan(nil, nil, three()[0]))
	file := edit(t, base, "    owner:\n      name: \"Owner One\"\n      email: \"one@example.com\"\n", "    owner:\n      <<: *team\n")
	file = edit(t, file, "exposures:\n", "x: &team {name: Owner One, email: one@example.com}\nexposures:\n")
	c := three()[:1]
	res := mustMerge(t, file, base, replan(file, base, c...))
	if string(res.Text) != string(file) || len(res.Conflicts) > 0 {
		t.Errorf("%+v\n%s", res.Conflicts, Diff(file, res.Text, "f"))
	}
	c[0].Dashboard.Name = "Alpha 2"
	res = mustMerge(t, file, base, replan(file, base, c...))
	if diff := cmp.Diff([]string{`-label: "Alpha"`, `+label: "Alpha 2"`}, changed(file, res.Text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	bomb := "a: &a [x]\n"
	for i := range 40 {
		n := string(rune('b'+i%25)) + strings.Repeat("z", i/25)
		p := string(rune('b'+(i-1)%25)) + strings.Repeat("z", (i-1)/25)
		if i == 0 {
			p = "a"
		}
		bomb += n + ": &" + n + " [*" + p + ", *" + p + "]\n"
	}
	mustMerge(t, []byte(bomb), nil, replan(nil, nil, c...))
}

// Layouts of one value by hand, and what an update from Tableau makes of them.
func TestReplaceLayouts(t *testing.T) {
	for name, tt := range map[string]struct{ person, want string }{
		"block scalar":     {"description: >- # d\n      Tableau: Finance / EMEA /\n      Sales\n", "description: \"New\\nTableau: Finance / EMEA / Sales\" # d\n"},
		"literal":          {"description: |\n      Tableau: Finance / EMEA / Sales\n\n    # about url\n", "description: \"New\\nTableau: Finance / EMEA / Sales\"\n\n    # about url\n"},
		"single quotes":    {"description: 'Tableau: Finance / EMEA / Sales'   # d\n", "description: \"New\\nTableau: Finance / EMEA / Sales\"   # d\n"},
		"quoted key":       {"\"description\": \"Tableau: Finance / EMEA / Sales\"\n", "\"description\": \"New\\nTableau: Finance / EMEA / Sales\"\n"},
		"anchored: is not": {"description: &d \"Tableau: Finance / EMEA / Sales\"\n", "description: &d \"Tableau: Finance / EMEA / Sales\"\n"},
	} {
		t.Run(name, func(t *testing.T) {
			base := Render(replan(nil, nil, three()[0]))
			file := edit(t, base, "description: \"Tableau: Finance / EMEA / Sales\"\n", tt.person)
			c := three()[:1]
			c[0].Workbook.Description = "New"
			res := mustMerge(t, file, base, replan(file, base, c...))
			if want := edit(t, base, "description: \"Tableau: Finance / EMEA / Sales\"\n", tt.want); string(want) != string(res.Text) {
				t.Errorf("(-want +got):\n%s", cmp.Diff(string(want), string(res.Text)))
			}
			if conflict := strings.HasPrefix(name, "anchored"); conflict != (len(res.Conflicts) == 1) {
				t.Errorf("conflicts = %+v", res.Conflicts)
			}
		})
	}
}
