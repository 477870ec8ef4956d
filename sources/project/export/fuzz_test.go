package export

import (
	"encoding/json"
	"testing"

	"darkroom/model/exposure/dbtyaml"
	"darkroom/sources/dbt/dbttest"
	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau"
)

// texts are what a BI tool's users call things.
func texts() [][4]string {
	return [][4]string{
		{"Sales", "Monthly", "board", "Ann"},
		{"yes", "null", "~", "1e3"},
		{"{{ ref('x') }}", "{% raw %}", "{#", "<<"},
		{"a: b #c", "- x\n- y", "&a *b !c", "|"},
		{"\u2028\u0085\ufeff", "\t", " x ", "'\"\\"},
		{"2026-11-23", "0o17", "0x1F", "1:30"},
		{"\xff\xfe", "\x00\x1b[2J", "\U000e0041", "👩🏽‍🚀"},
		{"売上", "%TAG", "@x", "`y`"},
		{"", "\r\n", "---", "..."},
		{"=", "on", "\"", "]"},
	}
}

// written is the file that an export makes of a snapshot in which everything has these
// names; nil where it has none that can be exported.
func written(t *testing.T, title, description, tag, owner string) []byte {
	t.Helper()
	type object map[string]any
	answer, err := json.Marshal(object{"data": object{"workbooks": []object{{
		"id": "w", "luid": "22223333-0000-4000-8000-000000000000", "name": title + tag, "projectName": owner, "description": description,
		"owner": object{"name": owner, "email": owner + "@example.com"}, "tags": []object{{"name": tag}, {"name": title}},
		"dashboards": []object{{
			"id": "d", "luid": "11112222-0000-4000-8000-000000000000", "name": title, "path": title + "/" + tag,
			"upstreamTables": []object{{"id": "t", "name": "orders", "schema": "marts", "fullName": "[marts].[orders]", "connectionType": "postgres", "database": object{"name": "dev"}}},
		}},
	}}}})
	disktest.Must(t, err)
	site, _, err := tableau.Read(t.Context(), "tower.json", answer)
	disktest.Must(t, err)
	site.Server, site.ContentURL = "https://t.example", "acme"
	w := stage{1, ""}.with(t, t.TempDir(), site)
	p, err := PlanExport(t.Context(), w, w.Book, Options{})
	disktest.Must(t, err)
	if len(p.Files)+len(p.Refusals) != 1 {
		t.Fatalf("%d files, %v", len(p.Files), p.Refusals)
	}
	if len(p.Refusals) > 0 {
		return nil // without a name
	}
	return p.Files[0].Text
}

// Whatever things are called in a snapshot, dbt can read the file that is written.
func FuzzSnapshotToYAML(f *testing.F) {
	for _, s := range texts() {
		f.Add(s[0], s[1], s[2], s[3])
	}
	f.Fuzz(func(t *testing.T, title, description, tag, owner string) {
		text := written(t, title, description, tag, owner)
		if _, problem := dbtyaml.Read(text); problem != nil {
			t.Fatalf("%v\n%s", problem, text)
		}
	})
}

// The same with real PyYAML, where it is installed.
func TestPyYAMLReadsWhatIsWritten(t *testing.T) {
	var all [][]byte
	for _, s := range texts() {
		all = append(all, written(t, s[0], s[1], s[2], s[3]))
	}
	for i, refused := range dbttest.PyYAML(t, all) {
		if refused != "" {
			t.Errorf("%s\n%s", refused, all[i])
		}
	}
}
