package exposure

import (
	"fmt"
	"math/rand/v2"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
)

func TestPattern(t *testing.T) {
	c := cand(shop("1.12.6"), luidA, "Alpha", orders)
	long := c
	long.ContainerPath = []string{strings.Repeat("Very Long ", 20), strings.Repeat("Even Longer ", 20), "x"}
	for pattern, want := range map[Pattern]string{
		"models/x.yml":      "models/x.yml",
		"models/{site}.yml": "models/acme.yml",
		"models/{site}/{project}/{workbook}_x.yml": "models/acme/finance__emea/sales_x.yml",
	} {
		if got := pattern.File(&c); got != want || pattern.Unknown() != "" {
			t.Errorf("%s: %s, want %s; unknown %q", pattern, got, want, pattern.Unknown())
		}
	}
	hollow := Pattern("{site}/{project}/{workbook}.yml").File(&Candidate{})
	if hollow != "default/no_project/no_workbook.yml" {
		t.Errorf("hollow: %s", hollow)
	}
	emoji := c
	emoji.Workbook = &model.Workbook{Name: "🚀"}
	if a, b := Pattern("{workbook}").File(&emoji), Pattern("{workbook}").File(&Candidate{Workbook: &model.Workbook{Name: "🔥"}}); a == b || !strings.HasPrefix(a, "workbook_") {
		t.Errorf("names without letters: %s, %s", a, b)
	}
	if name := Pattern("{project}").File(&long); len(name) > maxPlace {
		t.Errorf("%d bytes: %s", len(name), name)
	}
	for pattern, want := range map[Pattern]string{"a/{sites}.yml": "{sites}", "a/{site.yml": "{site.yml", "a}{b": "}"} {
		if got := pattern.Unknown(); got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
	// No title leads out of the folder.
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		c.ContainerPath = []string{randomTitle(r), "../../" + randomTitle(r)}
		c.Workbook = &model.Workbook{Name: "/etc/" + randomTitle(r)}
		file := Pattern("m/{project}/{workbook}.yml").File(&c)
		if path.Clean(file) != file || strings.Count(file, "/") != 2 || strings.Contains(file, "..") {
			t.Fatalf("%q", file)
		}
	}
}

func TestSettle(t *testing.T) {
	for specs, want := range map[[2]string]verdict{
		{"", ""}:                        unanswered,
		{"label", ""}:                   take,
		{"", "label"}:                   keep,
		{"label", "label"}:              keep,
		{"all", "label"}:                keep,
		{"label", "all"}:                take,
		{"beta", "label"}:               take,
		{"beta", "beta.label"}:          keep,
		{"beta.owner", ""}:              unanswered,
		{"owner alpha alpha.label", ""}: unanswered,
	} {
		s := Settle{Take: strings.Fields(specs[0]), Keep: strings.Fields(specs[1])}
		if got := s.verdict("beta", "label"); got != want {
			t.Errorf("%q: %d, want %d", specs, got, want)
		}
	}
	for field, spec := range map[string]string{
		"owner.email": "owner", "config.tags": "tags", "tags": "config.tags", "config.meta.tableau.luid": "meta", "meta.tableau.luid": "meta.tableau",
	} {
		if (Settle{Take: []string{spec}}).verdict("x", field) != take {
			t.Errorf("%s does not cover %s", spec, field)
		}
	}
	unknown := Settle{Take: []string{"all", "label", "beta", "beta.owner"}, Keep: []string{"colour", "gamma", "beta.colour"}}.Unknown([]string{"beta"})
	if diff := cmp.Diff([]string{"colour", "gamma", "beta.colour"}, unknown); diff != "" {
		t.Error(diff)
	}
}

// layout plans with a pattern over several files.
func layout(t *testing.T, files []File, base []byte, pattern Pattern, c ...Candidate) (Outcome, []File) {
	t.Helper()
	disk, err := ReadDisk(files, base)
	if err != nil {
		t.Fatal(err)
	}
	out, err := disk.Merge(NewPlan(c, disk.Known(), Options{Project: shop("1.12.6"), Place: pattern.File, Seen: disk.Seen}), Settle{})
	if err != nil {
		t.Fatal(err)
	}
	for _, res := range out.Files {
		at := -1
		for i := range files {
			if files[i].Name == res.Name {
				at = i
			}
		}
		if at < 0 {
			files = append(files, File{Name: res.Name})
			at = len(files) - 1
		}
		files[at].Text = res.Text
	}
	return out, files
}

// A crash between the two writes of a move leaves an entry twice; the next
// export puts that right.
func TestMoveAfterCrash(t *testing.T) {
	_, files := layout(t, nil, nil, ourFile, three()...)
	files[0].Text = edit(t, files[0].Text, `label: "Beta"`, "label: 'Beta' # mine")
	before := files[0].Text
	out, files := layout(t, []File{{ourFile, before}}, nil, "models/{workbook}.yml", three()...)
	if len(out.Conflicts) != 0 || files[0].Text == nil {
		t.Fatalf("without a last export nothing moves: %+v", out.Items)
	}
	base := out.Base
	base = []byte(strings.ReplaceAll(string(base), ", own: true", ""))
	out, files = layout(t, []File{{ourFile, before}}, base, "models/{workbook}.yml", three()...)
	if files[0].Text != nil || len(files) != 2 || !strings.Contains(string(files[1].Text), "'Beta' # mine") {
		t.Fatalf("not moved: %+v", out.Items)
	}
	files[0] = File{ourFile, before} // the second write did not happen
	again, files := layout(t, files, base, "models/{workbook}.yml", three()...)
	if files[0].Text != nil || strings.Count(string(files[1].Text), "name: beta") != 1 || len(again.Conflicts) != 0 {
		t.Errorf("%+v\n%s", again.Items, files[1].Text)
	}
}

// What hangs on its file by an anchor stays there.
func TestAnchoredEntryStays(t *testing.T) {
	out, files := layout(t, nil, nil, ourFile, three()...)
	files[0].Text = edit(t, files[0].Text, `label: "Beta"`, "label: &x \"Beta\"\n    maturity: high")
	_, files = layout(t, files, out.Base, "models/{workbook}.yml", three()...)
	if !strings.Contains(string(files[0].Text), "label: &x \"Beta\"") || strings.Contains(string(files[0].Text), "alpha") {
		t.Errorf("%s", files[0].Text)
	}
}

// Random layouts, one after another: whatever a person wrote into an entry goes
// with it, and the first layout gives the first bytes back.
func TestLayoutsThereAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var c []Candidate
	for i := range 12 {
		one := cand(shop("1.12.6"), fmt.Sprintf("%08x-0000-4000-8000-00000000000a", i*7919+1), fmt.Sprintf("Board %c", 'A'+i), orders)
		one.Workbook.Name, one.ContainerPath = fmt.Sprintf("W%d", i%5), []string{fmt.Sprintf("P%d", i%3)}
		c = append(c, one)
	}
	out, files := layout(t, nil, nil, ourFile, c...)
	for i := range 12 {
		text := fmt.Sprintf("  # above %c\n  - name: board_%c # mark\n    maturity: high", 'a'+i, 'a'+i)
		files[0].Text = edit(t, files[0].Text, fmt.Sprintf("  - name: board_%c", 'a'+i), text)
	}
	first := string(files[0].Text)
	patterns := []Pattern{"models/{project}.yml", "models/{workbook}.yml", "models/{site}.yml", "models/t/{project}/{workbook}.yml", ourFile}
	for range 12 {
		out, files = layout(t, files, out.Base, patterns[r.IntN(len(patterns))], c...)
		all := ""
		for _, f := range files {
			all += string(f.Text)
		}
		if strings.Count(all, "# mark") != 12 || strings.Count(all, "# above") != 12 || strings.Count(all, "maturity") != 12 || len(out.Conflicts) > 0 {
			t.Fatalf("lost or doubled: %+v\n%s", out.Conflicts, all)
		}
	}
	_, files = layout(t, files, out.Base, ourFile, c...)
	for _, f := range files {
		if f.Name == ourFile {
			if d := Diff([]byte(first), f.Text, "f"); d != "" {
				t.Error(d)
			}
		} else if f.Text != nil {
			t.Errorf("%s is left over:\n%s", f.Name, f.Text)
		}
	}
}
