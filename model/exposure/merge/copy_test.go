package merge

import (
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// entryText is one entry of a file that Render wrote.
func entryText(file []byte, name string) string {
	_, rest, _ := strings.Cut(string(file), "  - name: "+name+"\n")
	text, _, _ := strings.Cut(rest, "\n\n")
	return "  - name: " + name + "\n" + strings.TrimSuffix(text, "\n") + "\n"
}

// A copy of one of darkroom's entries, wherever it is, stays as it is: while the entry
// is updated, when it goes, when it comes back, and at every export after that.
func TestHandMadeCopy(t *testing.T) {
	renamed := func(name string) func(text string) string {
		return func(text string) string { return strings.Replace(text, "name: beta", "name: "+name, 1) }
	}
	for name, tt := range map[string]struct {
		before bool // in the file, otherwise behind
		file   string
		edit   func(string) string
	}{
		"behind it":                  {false, exposuretest.OurFile, renamed("beta_copy")},
		"before it":                  {true, exposuretest.OurFile, renamed("a_copy")},
		"in another file":            {false, "models/a.yml", renamed("a_copy")},
		"in another file, same name": {false, "models/a.yml", renamed("beta")},
		"in a later file":            {false, "models/z.yml", renamed("z_copy")},
		"edited":                     {true, exposuretest.OurFile, func(s string) string { return strings.Replace(renamed("a_copy")(s), "dashboard", "application", 1) }},
		"edited, in another file":    {true, "models/a.yml", func(s string) string { return strings.Replace(renamed("beta")(s), "dashboard", "application", 1) }},
		"commented, in another file": {true, "models/a.yml", func(s string) string { return s + "    # mine\n" }},
		"without managed_by": {true, exposuretest.OurFile, func(s string) string {
			return strings.Replace(renamed("a_copy")(s), "          managed_by: darkroom\n", "", 1)
		}},
		"without its meta, elsewhere": {true, "models/a.yml", func(s string) string { s, _, _ = strings.Cut(renamed("a_copy")(s), "    config:"); return s }},
	} {
		t.Run(name, func(t *testing.T) {
			base := exported(t)
			c := three()
			for i := range c {
				c[i].URL += string(rune('a' + i)) // each its own
			}
			first := mustMerge(t, base, base, replan(base, base, c...))
			copied := tt.edit(entryText(first.Text, "beta"))
			files := []File{{exposuretest.OurFile, first.Text}}
			switch {
			case tt.file != exposuretest.OurFile:
				files = append(files, File{tt.file, []byte("exposures:\n" + copied)})
			case tt.before:
				files[0].Text = []byte(strings.Replace(string(first.Text), "exposures:\n", "exposures:\n"+copied+"\n", 1))
			default:
				files[0].Text = append(append(first.Text, '\n'), copied...)
			}
			last := first.Base
			export := func(c ...exposure.Candidate) Outcome {
				t.Helper()
				d, err := ReadDisk(t.Context(), files, last)
				if err != nil {
					t.Fatal(err)
				}
				plan := exposuretest.Plan(c, d.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), File: exposuretest.OurFile, WasRead: d.WasRead})
				out, err := d.Merge(t.Context(), plan, Settle{Take: []string{"all"}})
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range out.Files {
					for i := range files {
						if files[i].Name == f.Name {
							files[i].Text = f.Text
						}
					}
				}
				last = out.Base
				all := ""
				for _, f := range files {
					all += string(f.Text)
				}
				if !strings.Contains(all, copied) {
					t.Fatalf("the copy is not as it was:\n%s", all)
				}
				return out
			}
			twice := func(c ...exposure.Candidate) {
				t.Helper()
				export(c...)
				texts := []string{string(last)}
				for _, f := range files {
					texts = append(texts, string(f.Text))
				}
				for range 2 {
					export(c...)
					for i, f := range files {
						if string(f.Text) != texts[i+1] {
							t.Fatalf("a second export changes\n%s", Diff([]byte(texts[i+1]), f.Text, f.Name))
						}
					}
					if string(last) != texts[0] {
						t.Fatalf("a second export changes\n%s", Diff([]byte(texts[0]), last, "base"))
					}
				}
			}
			twice(c...)
			updates := !strings.Contains(name, "without") && !strings.Contains(copied, "name: beta\n")
			c[1].Dashboard.Name = "Beta 2"
			twice(c...)
			if got := strings.Contains(string(files[0].Text), `label: "Beta 2"`); got != updates {
				t.Errorf("updated = %t:\n%s", got, files[0].Text)
			}
			twice(c[0], c[2]) // the dashboard goes, and comes back
			twice(c[0], c[2])
			twice(c...)
		})
	}
}
