package merge

import (
	"slices"
	"strings"
	"testing"

	"darkroom/model/exposure/exposuretest"
)

// An entry that is twice in a file, as after a merge of two branches, is said as long as
// it is, and is darkroom's again once one of the two is gone.
func TestEntryTwice(t *testing.T) {
	base := exported(t)
	c := three()
	first := mustMerge(t, base, base, replan(base, base, c...))
	beta := entryText(first.Text, "beta")
	double := append(slices.Clone(first.Text), "\n"+beta...)
	files, last := []File{{exposuretest.OurFile, double}}, first.Base
	for range 2 {
		d, err := ReadDisk(t.Context(), files, last)
		if err != nil {
			t.Fatal(err)
		}
		out, err := d.Merge(t.Context(), replan(double, last, c...), Settle{})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(out.Items, func(i Item) bool { return i.What == Unreadable })
		if at < 0 || !out.Items[at].Drift() || !strings.Contains(out.Items[at].Note, "two exposures of one name: beta is also in "+exposuretest.OurFile+":") {
			t.Fatalf("not said: %+v", out.Items)
		}
		last = out.Base
	}
	c[1].Dashboard.Name = "Beta 2"
	for name, text := range map[string]string{
		"the second goes": string(first.Text),
		"the first goes":  strings.Replace(string(double), beta+"\n", "", 1),
	} {
		got := mustMerge(t, []byte(text), last, replan([]byte(text), last, c...))
		if strings.Count(string(got.Text), "name: beta\n") != 1 || !strings.Contains(string(got.Text), `label: "Beta 2"`) {
			t.Errorf("%s: it is not darkroom's any more:\n%s", name, got.Text)
		}
	}
}

func TestDoubled(t *testing.T) {
	const entry = "  - {name: a, type: ml, owner: {name: x}}\n"
	for name, tt := range map[string]struct {
		one, two string // two files
		want     string // file:line of what is refused, with spaces
	}{
		"once":                 {entry, "  - {name: b}\n", ""},
		"letter case differs":  {entry, "  - {name: A}\n", ""},
		"in one file":          {entry + entry, "", "one.yml:3"},
		"three times":          {entry + entry, entry, "one.yml:3 two.yml:2"},
		"in two":               {entry, entry, "two.yml:2"},
		"quoted":               {entry, "  - name: 'a'\n", "two.yml:2"},
		"the second disabled":  {entry, "  - {name: a, config: {enabled: false}}\n", ""},
		"the first disabled":   {"  - {name: a, config: {enabled: false}}\n", entry, ""},
		"one of three":         {"  - {name: a, config: {enabled: false}}\n" + entry, entry, "two.yml:2"},
		"both enabled":         {entry, "  - {name: a, config: {enabled: true}}\n", "two.yml:2"},
		"by dbt's target only": {entry, "  - {name: a, config: {enabled: \"{{ target.name == 'prod' }}\"}}\n", ""},
		"without a name":       {"  - {type: ml}\n  - {type: ml}\n", "", ""},
		"one unreadable":       {entry, "  - {name: a\n", ""},
	} {
		var got []string
		for _, err := range Doubled([]File{{"one.yml", []byte("exposures:\n" + tt.one)}, {"two.yml", []byte("exposures:\n" + tt.two)}}) {
			at, _, _ := strings.Cut(err.Error(), ": ")
			got = append(got, at)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// What git leaves of a merge is called by its name, in the file and in the last export.
func TestUnresolvedMerge(t *testing.T) {
	base := string(exported(t))
	both := strings.Replace(base, "    label: \"Beta\"\n", "<<<<<<< HEAD\n    label: \"A\"\n=======\n    label: \"B\"\n>>>>>>> b\n", 1)
	for name, tt := range map[string]struct{ file, last, want string }{
		"file":        {both, base, exposuretest.OurFile + ":30: an unresolved merge conflict; resolve it in git: keep the entries of both sides, each once"},
		"last export": {base, both, LastExport + ":30: an unresolved merge conflict; take one side, as with git checkout --ours " + LastExport + "; the next export writes it again"},
		"neither":     {strings.Replace(base, "exposures:\n", "exposures:\n# Title\n# =======\n", 1), base, ""},
		"another":     {base + "\t- x\n", base, exposuretest.OurFile + ":"},
	} {
		_, err := ReadDisk(t.Context(), []File{{exposuretest.OurFile, []byte(tt.file)}}, []byte(tt.last))
		switch {
		case tt.want == "" && err != nil, tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
		if name == "another" && strings.Contains(err.Error(), "merge") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
