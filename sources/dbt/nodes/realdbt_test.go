package nodes

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darkroom/model/selector"
	"darkroom/sources/disk/disktest"
)

// answered is one selector and what `dbt ls` lists for it; examples/dbtls.py writes it.
type answered struct {
	Select  string   `json:"select"`
	Exclude string   `json:"exclude"`
	IDs     []string `json:"ids"`
	Error   string   `json:"error"`
}

// Every selector that real dbt was asked means the same here. examples/selectors.sh
// runs this over many thousands; without it there is nothing to compare with.
func TestSelectorsOfRealDbt(t *testing.T) {
	dirs := os.Getenv("DARKROOM_DBT_LS")
	if dirs == "" {
		t.Skip("DARKROOM_DBT_LS names no project that dbt was asked about: run examples/selectors.sh")
	}
	for _, dir := range filepath.SplitList(dirs) {
		compare(t, dir)
	}
}

// What real dbt was asked once about a small project (testdata/bakery) is compared
// where there is no dbt, too. dbtls.py has written it; the manifests are without what
// is not read here.
func TestSelectorsRecorded(t *testing.T) { compare(t, filepath.Join("testdata", "bakery")) }

func compare(t *testing.T, dir string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "answers.json"))
	disktest.Must(t, err)
	var answers []answered
	disktest.Must(t, json.Unmarshal(text, &answers))
	u := universeOf(t, dir, filepath.Base(dir))
	wrong, failed, none := 0, 0, 0
	for _, a := range answers {
		ids, err := find(u, a)
		switch {
		case a.Error != "":
			failed++
		case len(a.IDs) == 0:
			none++
		}
		if (err != nil) == (a.Error != "") && slices.Equal(ids, a.IDs) {
			continue
		}
		if wrong++; wrong <= 20 {
			t.Errorf("%q without %q: dbt says %q and lists, which is not listed here: %q; the other way: %q; %v",
				a.Select, a.Exclude, a.Error, missing(a.IDs, ids), missing(ids, a.IDs), err)
		}
	}
	t.Logf("%s: %d selectors compared, %d of them select nothing, %d are refused; %d different", filepath.Base(dir), len(answers), none, failed, wrong)
	if len(answers) == 0 || wrong > 0 {
		t.Fail()
	}
}

// listed are the types that `dbt ls` lists unless it is asked for others.
const listed = " model snapshot seed test source exposure metric saved_query semantic_model unit_test function "

func find(u *selector.Universe, a answered) ([]string, error) {
	spec, err := selector.Read(a.Select, a.Exclude)
	if err != nil {
		return nil, err
	}
	found, err := u.Find(spec)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for i := range u.Nodes {
		types[u.Nodes[i].ID] = u.Nodes[i].Type
	}
	return slices.DeleteFunc(found.IDs(), func(id string) bool { return !strings.Contains(listed, " "+types[id]+" ") }), nil
}

func missing(all, from []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(from, id) })
}

// universeOf reads a project with the state of an earlier run in its folder "before".
func universeOf(t *testing.T, dir, project string) *selector.Universe {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "target", "manifest.json"))
	disktest.Must(t, err)
	defer f.Close()
	m, err := Read(t.Context(), f, "manifest.json", project, true)
	disktest.Must(t, err)
	u := selector.New(m.Nodes)
	u.Defs, err = ReadDefinitions(dir)
	disktest.Must(t, err)
	u.State, err = ReadState(t.Context(), filepath.Join(dir, "before"), filepath.Join(dir, "target"), project, m)
	disktest.Must(t, err)
	return u
}
