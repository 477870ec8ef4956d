package merge

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/exposure/exposuretest"
)

// layout plans with a pattern over several files.
func layout(t *testing.T, files []File, base []byte, pattern exposure.Pattern, c ...exposure.Candidate) (Outcome, []File) {
	t.Helper()
	disk, err := ReadDisk(t.Context(), files, base)
	if err != nil {
		t.Fatal(err)
	}
	out, err := disk.Merge(t.Context(), exposuretest.Plan(c, disk.Known(), exposure.Options{Tools: []*model.Tool{exposuretest.Tableau}, Project: exposuretest.Shop("1.12.6"), Place: pattern.File, WasRead: disk.WasRead}), Settle{})
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
	_, files := layout(t, nil, nil, exposuretest.OurFile, three()...)
	files[0].Text = edit(t, files[0].Text, `label: "Beta"`, "label: 'Beta' # mine")
	before := files[0].Text
	out, files := layout(t, []File{{exposuretest.OurFile, before}}, nil, "models/{workbook}.yml", three()...)
	if len(out.Conflicts) != 0 || files[0].Text == nil {
		t.Fatalf("without a last export nothing moves: %+v", out.Items)
	}
	base := out.Base
	base = []byte(strings.ReplaceAll(string(base), ", own: true", ""))
	out, files = layout(t, []File{{exposuretest.OurFile, before}}, base, "models/{workbook}.yml", three()...)
	if files[0].Text != nil || len(files) != 2 || !strings.Contains(string(files[1].Text), "'Beta' # mine") {
		t.Fatalf("not moved: %+v", out.Items)
	}
	files[0] = File{exposuretest.OurFile, before} // the second write did not happen
	again, files := layout(t, files, base, "models/{workbook}.yml", three()...)
	if files[0].Text != nil || strings.Count(string(files[1].Text), "name: beta") != 1 || len(again.Conflicts) != 0 {
		t.Errorf("%+v\n%s", again.Items, files[1].Text)
	}
}

// What hangs on its file by an anchor stays there.
func TestAnchoredEntryStays(t *testing.T) {
	out, files := layout(t, nil, nil, exposuretest.OurFile, three()...)
	files[0].Text = edit(t, files[0].Text, `label: "Beta"`, "label: &x \"Beta\"\n    maturity: high")
	_, files = layout(t, files, out.Base, "models/{workbook}.yml", three()...)
	if !strings.Contains(string(files[0].Text), "label: &x \"Beta\"") || strings.Contains(string(files[0].Text), "alpha") {
		t.Errorf("%s", files[0].Text)
	}
}

// Random layouts, one after another: whatever was written into an entry by hand goes
// with it, and the first layout gives the first bytes back.
func TestLayoutsThereAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var c []exposure.Candidate
	for i := range 12 {
		one := exposuretest.Candidate(exposuretest.Shop("1.12.6"), fmt.Sprintf("%08x-0000-4000-8000-00000000000a", i*7919+1), fmt.Sprintf("Board %c", 'A'+i), orders)
		one.Workbook.Name, one.ContainerPath = fmt.Sprintf("W%d", i%5), []string{fmt.Sprintf("P%d", i%3)}
		c = append(c, one)
	}
	out, files := layout(t, nil, nil, exposuretest.OurFile, c...)
	for i := range 12 {
		text := fmt.Sprintf("  # above %c\n  - name: board_%c # mark\n    maturity: high", 'a'+i, 'a'+i)
		files[0].Text = edit(t, files[0].Text, fmt.Sprintf("  - name: board_%c", 'a'+i), text)
	}
	first := string(files[0].Text)
	patterns := []exposure.Pattern{"models/{project}.yml", "models/{workbook}.yml", "models/{site}.yml", "models/t/{project}/{workbook}.yml", exposuretest.OurFile}
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
	_, files = layout(t, files, out.Base, exposuretest.OurFile, c...)
	for _, f := range files {
		if f.Name == exposuretest.OurFile {
			if d := Diff([]byte(first), f.Text, "f"); d != "" {
				t.Error(d)
			}
		} else if f.Text != nil {
			t.Errorf("%s is left over:\n%s", f.Name, f.Text)
		}
	}
}
