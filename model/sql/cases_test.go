package sql

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"darkroom/model/warehouse"
)

// caseFile is the format tableau-dbt-sql-cases/1; its "fields" describe it.
type caseFile struct {
	Cases []struct {
		ID, Title, Dialect, Kind, SQL string
		InitialSQL                    string `json:"initial_sql"`
		Expect                        struct {
			Reads, Writes []caseRef
			Excluded      []string
			Complete      bool
			Parameters    int
		}
	}
}

type caseRef struct {
	Parts  []string
	Quoted []bool
}

func (r caseRef) String() string { return fmt.Sprintf("%q%v", r.Parts, r.Quoted) }

func refStrings(refs []Ref) []string {
	out := make([]string, 0, len(refs))
	for _, r := range refs {
		out = append(out, caseRef{r.Parts, r.Quoted}.String())
	}
	slices.Sort(out)
	return out
}

func caseStrings(refs []caseRef) []string {
	out := make([]string, 0, len(refs))
	for _, r := range refs {
		out = append(out, r.String())
	}
	slices.Sort(out)
	return out
}

// TestSQLCases runs the case files, or the one named by DARKROOM_SQL_CASES.
func TestSQLCases(t *testing.T) {
	paths := []string{"testdata/sql-cases.json", "testdata/sql-cases-2.json"}
	if path := os.Getenv("DARKROOM_SQL_CASES"); path != "" {
		paths = []string{path}
	}
	for _, path := range paths {
		runCases(t, path)
	}
}

func runCases(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file caseFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s: no cases", path)
	}
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) {
			got := Read(c.SQL, Options{Dialect: warehouse.DialectOf(c.Dialect), Kind: Kind(c.Kind), InitialSQL: c.InitialSQL})
			check := func(what string, got, want any) {
				t.Helper()
				if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
					t.Errorf("%s (%s): %s\n got %s\nwant %s\n sql %s", c.Title, c.Dialect, what, g, w, c.SQL)
				}
			}
			check("reads", refStrings(got.Reads), caseStrings(c.Expect.Reads))
			check("writes", refStrings(got.Writes), caseStrings(c.Expect.Writes))
			check("complete", got.Complete, c.Expect.Complete)
			check("parameters", got.Parameters, c.Expect.Parameters)
			for _, x := range c.Expect.Excluded {
				for _, r := range got.Reads {
					if strings.Join(r.Parts, ".") == x {
						check("excluded", r.String(), "not "+x)
					}
				}
			}
		})
	}
}
