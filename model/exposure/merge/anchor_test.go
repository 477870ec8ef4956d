package merge

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model/exposure"
	"darkroom/model/exposure/dbtyaml"
)

const (
	ownerText = "    owner:\n      name: \"Owner One\"\n      email: \"one@example.com\"\n"
	metaText  = "          managed_by: darkroom\n"
)

// entry edits the text of one entry of a file.
func entry(t *testing.T, file []byte, name, old, new string) []byte {
	t.Helper()
	at := strings.Index(string(file), "  - name: "+name+"\n")
	if at < 0 {
		t.Fatalf("no entry %s in\n%s", name, file)
	}
	head, rest := string(file[:at]), string(file[at:])
	if !strings.Contains(rest, old) {
		t.Fatalf("%q is not in\n%s", old, rest)
	}
	return []byte(head + strings.Replace(rest, old, new, 1))
}

// An anchor of an entry that is taken away goes, with its value, to its first user;
// where it cannot, the entry stays and says so.
func TestAnchorOfARemovedEntry(t *testing.T) {
	type edits [][3]string // entry, old, new
	aliased := [3]string{"beta", ownerText, "    owner: *a\n"}
	for name, tt := range map[string]struct {
		edits  edits
		tail   string
		has    []string
		held   bool
		change []string
	}{
		"a mapping": {
			edits:  edits{{"alpha", "    owner:\n", "    owner: &a\n"}, aliased, {"gamma", ownerText, "    owner: *a\n"}},
			has:    []string{"    owner: &a {name: \"Owner One\", email: \"one@example.com\"}\n", "    owner: *a\n"},
			change: []string{"beta"},
		},
		"a scalar": {
			edits:  edits{{"alpha", `name: "Owner One"`, `name: &a "Owner One"`}, {"gamma", `name: "Owner One"`, "name: *a # mine"}},
			has:    []string{"name: &a \"Owner One\" # mine\n"},
			change: []string{"gamma"},
		},
		"an item of a list": {
			edits:  edits{{"alpha", "- ref('fct_orders')", "- &a ref('fct_orders')"}, {"beta", "- ref('fct_orders')", "- *a"}},
			has:    []string{"      - &a \"ref('fct_orders')\"\n"},
			change: []string{"beta"},
		},
		"merged": {
			edits:  edits{{"alpha", "    owner:\n", "    owner: &a\n"}, {"beta", ownerText, "    owner:\n      <<: *a\n"}},
			has:    []string{"      <<: &a {name: \"Owner One\", email: \"one@example.com\"}\n"},
			change: []string{"beta"},
		},
		"one in another": {
			edits: edits{
				{"alpha", "    owner:\n      name: ", "    owner: &a\n      name: &n "},
				{"beta", `name: "Owner One"`, "name: *n"},
				{"gamma", ownerText, "    owner: *a\n"},
			},
			has:    []string{"      name: &n \"Owner One\"\n", "    owner: &a {name: \"Owner One\", email: \"one@example.com\"}\n"},
			change: []string{"beta", "gamma"},
		},
		"the whole entry": {
			edits:  edits{{"alpha", "  - name: alpha", "  - &a\n    name: alpha"}},
			tail:   "\nx: [*a]\n",
			has:    []string{"\nx: [&a {name: alpha, "},
			change: nil,
		},
		"used behind the list": {
			edits: edits{{"alpha", metaText, metaText + "          mine: &a {yes: 1, on it: [no, 012, \"012\", 2024-01-01]}\n"}},
			tail:  "\nx: *a # there\n",
			held:  true, // the key "yes" is not a text in YAML 1.1
		},
		"words and numbers": {
			edits: edits{{"alpha", metaText, metaText + "          mine: &a {it: [no, 012, \"012\", 2024-01-01, ~, 1.5, 'a, b', http://x]}\n"}},
			tail:  "\nx: *a # there\n",
			has:   []string{"\nx: &a {it: [no, 012, \"012\", 2024-01-01, null, 1.5, \"a, b\", \"http://x\"]} # there\n"},
		},
		"as a key": {
			edits: edits{{"alpha", `name: "Owner One"`, `name: &a "Owner One"`}},
			tail:  "\nx:\n  *a : 1\n",
			held:  true,
		},
		"several, the last of them stays": {
			edits:  edits{{"alpha", "    owner:\n", "    owner: &a\n"}, aliased, {"gamma", "    type: dashboard\n", "    type: dashboard\n    maturity: &m high\n"}, {"beta", "    type: dashboard\n", "    type: dashboard\n    # *m\n"}},
			has:    []string{"    owner: &a {name: \"Owner One\", email: \"one@example.com\"}\n", "    maturity: &m high\n", "    # *m\n"},
			change: []string{"beta"},
		},
		"not used": {
			edits: edits{{"alpha", "    owner:\n", "    owner: &a\n"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			base := exported(t)
			file := append([]byte("# é\n"), base...)
			for _, e := range tt.edits {
				file = entry(t, file, e[0], e[1], e[2])
			}
			file = append(file, tt.tail...)
			c := three()[1:]
			asked := mustMerge(t, file, base, replan(file, base, c...))
			if string(asked.Text) != string(file) || len(asked.Conflicts) == 0 || !asked.Conflicts[0].NeedsAnswer {
				t.Errorf("an entry with an anchor goes without a question: %+v\n%s", asked.Conflicts, Diff(file, asked.Text, "f"))
			}
			res, err := mergeOne(file, base, replan(file, base, c...), Settle{Take: []string{"alpha"}})
			if err != nil {
				t.Fatal(err)
			}
			if _, p := dbtyaml.Read(res.Text); p != nil {
				t.Errorf("%v\n%s", p, res.Text)
			}
			if stays := strings.Contains(string(res.Text), "name: alpha\n"); stays != tt.held {
				t.Errorf("stays = %t: %+v", stays, res.Conflicts)
			}
			if held := slices.ContainsFunc(res.Conflicts, func(c Conflict) bool { return c.NotTaken }); held != tt.held {
				t.Errorf("conflicts = %+v", res.Conflicts)
			}
			for _, s := range tt.has {
				if !strings.Contains(string(res.Text), s) {
					t.Errorf("%q is not in\n%s", s, res.Text)
				}
			}
			if !slices.Equal(res.Changes.Changed, tt.change) {
				t.Errorf("changed = %q", res.Changes.Changed)
			}
			if tt.held && string(res.Text) != string(file) {
				t.Errorf("%s", Diff(file, res.Text, "f"))
			}
			if !tt.held {
				again := mustMerge(t, res.Text, res.Base, replan(res.Text, res.Base, c...))
				if string(again.Text) != string(res.Text) {
					t.Errorf("%s", Diff(res.Text, again.Text, "f"))
				}
			}
		})
	}
}

// A value with an anchor, an alias, a tag, or something of yours in it is not edited,
// and the conflict says why; take says that it could not.
func TestNotEdited(t *testing.T) {
	tags := func(c []exposure.Candidate) { c[0].Dashboard.Tags = nil }
	label := func(c []exposure.Candidate) { c[0].Dashboard.Name = "Alpha 2" }
	owner := func(c []exposure.Candidate) { c[0].Workbook.Owner.Name = "Owner Two" }
	parents := func(c []exposure.Candidate) { c[0].Parents = c[1].Parents[1:] }
	const tagsText = "      tags:\n        - \"tableau:hot\"\n"
	for name, tt := range map[string]struct {
		old, new string
		tableau  func([]exposure.Candidate)
		why      string
		takes    bool // take answers it
	}{
		"anchored list":      {tagsText, "      tags: &t\n        - \"tableau:hot\"\n", tags, "&t", false},
		"anchored flow list": {tagsText, "      tags: &t [\"tableau:hot\"]\n", tags, "&t", false},
		"anchored item":      {tagsText, "      tags:\n        - &t \"tableau:hot\"\n", tags, "&t", false},
		"alias as an item":   {tagsText, "      tags:\n        - &t \"tableau:hot\"\n        - *t\n", tags, "&t", false},
		"map in a list":      {tagsText, "      tags:\n        - \"tableau:hot\"\n        - mine: 1\n", tags, "safely", false},
		"map in a flow list": {tagsText, "      tags: [\"tableau:hot\", {mine: 1}]\n", tags, "safely", false},
		"comment on a line of its own": {
			tagsText, "      tags:\n        # mine\n        - \"tableau:hot\"\n", tags, "comment", true,
		},
		"comment behind the key":  {tagsText, "      tags: # mine\n        - \"tableau:hot\"\n", tags, "comment", true},
		"comment behind the list": {tagsText, tagsText + "          # mine\n", tags, "comment", true},
		"comment in a flow list":  {tagsText, "      tags: [ # mine\n        \"tableau:hot\"]\n", tags, "comment", true},
		"map in parents":          {"      - ref('fct_orders')\n", "      - ref('fct_orders')\n      - {mine: 1}\n", parents, "safely", false},
		"anchored label":          {`label: "Alpha"`, `label: &text "Alpha"`, label, "&text", false},
		"tagged label":            {`label: "Alpha"`, `label: !!str "Alpha"`, label, "!!str", false},
		"anchored key":            {`label: "Alpha"`, `&key label: "Alpha"`, label, "safely", false},
		"tagged key":              {`label: "Alpha"`, `!!str label: "Alpha"`, label, "safely", false},
		"alias as a key":          {`label: "Alpha"`, `*l : "Alpha"`, label, "safely", false},
		"key with its sign":       {`    label: "Alpha"`, "    ? label\n    : \"Alpha\"", label, "safely", false},
		"anchored owner":          {"    owner:\n", "    owner: &o\n", owner, "&o", false},
		"merge key behind it":     {`    label: "Alpha"` + "\n", "    label: \"Alpha\"\n    <<: *defaults\n", label, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			c := three()[:2]
			c[0].Dashboard.Tags = []string{"hot"}
			base := Render(replan(nil, nil, c...))
			file := entry(t, base, "alpha", tt.old, tt.new)
			file = edit(t, file, "exposures:\n", "x: &defaults {maturity: high}\ny: &l label\n\nexposures:\n")
			tt.tableau(c)
			plan := replan(file, base, c...)
			res := mustMerge(t, file, base, plan)
			if tt.why != "" && (string(res.Text) != string(file) || len(res.Conflicts) != 1 || !res.Conflicts[0].NeedsAnswer || !strings.Contains(res.Conflicts[0].Problem, tt.why)) {
				t.Fatalf("%+v\n%s", res.Conflicts, Diff(file, res.Text, "f"))
			}
			if tt.why == "" && (len(res.Conflicts) > 0 || !strings.Contains(string(res.Text), "    <<: *defaults\n")) {
				t.Fatalf("%+v\n%s", res.Conflicts, Diff(file, res.Text, "f"))
			}
			taken, err := mergeOne(file, base, plan, Settle{Take: []string{"all"}})
			if err != nil {
				t.Fatal(err)
			}
			notTaken := slices.ContainsFunc(taken.Conflicts, func(c Conflict) bool { return c.NotTaken })
			if notTaken == tt.takes || tt.takes == (string(taken.Text) == string(file)) {
				t.Errorf("%+v\n%s", taken.Conflicts, Diff(file, taken.Text, "f"))
			}
		})
	}
}

// What dbt cannot read is an error where darkroom writes, and a remark elsewhere.
func TestUnreadable(t *testing.T) {
	base := exported(t)
	for name, text := range map[string]string{
		"alias to nowhere": strings.Replace(string(base), `"Owner One"`, "*nowhere", 1),
		"anchor twice":     strings.Replace(string(base), `"Owner One"`, `&a "Owner One"`, 1) + "\nx: &a 1\n",
		"tab":              strings.Replace(string(base), "label: ", "label:\t", 1),
		"line separator":   string(base) + "# one\u2028two: [\n",
		"not a date":       string(base) + "x: 2024-13-01\n",
		"tag":              string(base) + "x: !mine 1\n",
	} {
		if _, err := readOne([]byte(text), base); err == nil || !strings.Contains(err.Error(), "dbt cannot read it") {
			t.Errorf("%s: %v", name, err)
		}
		d, err := ReadDisk(t.Context(), []File{{"models/mine.yml", []byte(strings.ReplaceAll(text, "managed_by", "by"))}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		out, err := d.Merge(t.Context(), exposure.Plan{}, Settle{})
		if err != nil || len(out.Items) != 1 || out.Items[0].What != Unreadable || !out.Items[0].Drift() {
			t.Errorf("%s: %v %+v", name, err, out.Items)
		}
	}
}
