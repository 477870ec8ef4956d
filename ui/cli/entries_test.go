package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/cli/explore"
	"darkroom/ui/explorer"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/write"
)

// The explorer's adopting and renaming, with the real files of the example: the entry stays
// in its place with what was written by hand, then is darkroom's, and has another name.
func TestAdoptAndRenameInTheExample(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // a demo that has written something stays
	b, clean, err := explore.DemoBackend()
	if err != nil {
		t.Fatal(err)
	}
	defer clean()
	loaded, err := b.Load(t.Context(), func(explorer.Progress) {}, func(*lineage.Graph) {})
	if err != nil {
		t.Fatal(err)
	}
	const name = "finance_board_monthly_revenue"
	entry := func(name string) *outlook.Entry {
		o, err := b.Outlook(t.Context(), loaded.Book)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(o.Entries, func(e *outlook.Entry) bool { return e.Name == name })
		if i < 0 {
			t.Fatalf("there is no %s", name)
		}
		return o.Entries[i]
	}
	if e := entry(name); e.Auto || e.State != outlook.Manual {
		t.Fatalf("%+v", e)
	}

	plan, err := b.Adopt(t.Context(), entry(name), []string{"owner.name"})
	if err != nil {
		t.Fatal(err)
	}
	kept := slices.ContainsFunc(plan.Conflicts, func(c write.Conflict) bool { return c.Field == "label" })
	taken := !slices.ContainsFunc(plan.Conflicts, func(c write.Conflict) bool { return c.Field == "owner.name" })
	if len(plan.Include) != 1 || !kept || !taken || len(plan.Files) == 0 || !strings.Contains(strings.Join(plan.About, " "), "nothing outside of it") {
		t.Errorf("%+v", plan)
	}
	loaded.Book.Set(plan.Include, curate.Included, curate.Meta{})
	if err := b.Write(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	e := entry(name)
	if !e.Auto || e.State == outlook.Removed || e.State == outlook.New || e.Label != "Finance board, monthly revenue" {
		t.Errorf("%+v", e)
	}

	if plan, err = b.Rename(t.Context(), entry(name), "board_revenue"); err != nil {
		t.Fatal(err)
	}
	if err := b.Write(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	e = entry("board_revenue")
	file, line, err := b.Locate(t.Context(), view.Place{Project: e.In, File: e.Path, Exposure: e.Name})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(string(text), "\n"); line != e.Line || !strings.Contains(lines[line-1], "- name: board_revenue") {
		t.Errorf("line %d of %s, and %d: %q", line, file, e.Line, lines[line-1])
	}

	if _, err := b.Adopt(t.Context(), &outlook.Entry{Name: "nothing_like_it"}, nil); err == nil || !strings.Contains(err.Error(), "nothing of that name can be adopted") {
		t.Error(err)
	}
	if _, err := b.Rename(t.Context(), entry("board_revenue"), "Not A Name"); err == nil || !strings.Contains(err.Error(), "not_a_name") {
		t.Error(err)
	}
}
