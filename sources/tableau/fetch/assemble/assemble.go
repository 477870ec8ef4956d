// Package assemble makes a snapshot of what a fetch has gathered, and says how many
// objects there are and which of them hide their names.
package assemble

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/lists"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/snapshot"
)

// Result is a snapshot and what should be known of it besides.
type Result struct {
	Document snapshot.Document // without server, site and time
	SiteName string            // "" when it is unknown
	Notes    []string
	Counts   []Count
	Files    gathered.FilesResult
}

// Count is how many objects a list has, and how many of them hide their names.
type Count struct {
	Words    string
	N        int
	Redacted int
}

// Assemble puts everything together. rest are the REST lists that were asked for.
func Assemble(found *gathered.Site, rest []lists.RestList) Result {
	columns := found.ColumnMembers() // marks sheets
	all := found.Other()
	r := Result{SiteName: all.SiteName, Notes: all.Notes, Files: found.Files.Result()}
	r.Document.Partial, r.Document.Incomplete, r.Document.Files = all.Gaps, all.Incomplete, r.Files.Members
	for _, list := range plan.Lists() {
		l := found.Lists[list.Name]
		r.Document.Metadata = append(r.Document.Metadata, snapshot.Member{Name: list.Name, List: l.Sorted})
		c := Count{Words: list.Words, N: l.Len(), Redacted: redacted(l.Entries, found.IncompleteObjects(list.Name))}
		r.Counts = append(r.Counts, c)
		if c.Redacted > 0 {
			why, fix := hiding(list.Type)
			r.Notes = append(r.Notes, fmt.Sprintf("%d of %d %s %s: %s; %s", c.Redacted, c.N, c.Words, model.Agreeing(c.Redacted, "hides its name", "hide their names"), why, fix))
		}
	}
	r.Notes = append(r.Notes, r.Files.Notes...)
	r.Document.Columns = columns
	if marked := found.IncompleteObjects(snapshot.ColumnsMark); len(marked) > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("columns: for %d of %d sheets those that Tableau reports may not be all: %s",
			len(marked), found.Lists["sheets"].Len(), mostCommon(marked)))
	}
	for _, list := range rest {
		if l := found.Rest[list.Name]; l.Len() > 0 && !list.Aside {
			r.Document.Rest = append(r.Document.Rest, snapshot.Member{Name: list.Name, List: l.Sorted})
		}
	}
	if len(all.Connections) > 0 {
		m := snapshot.Member{Name: "workbookConnections", Keys: slices.Sorted(maps.Keys(all.Connections))}
		for _, luid := range m.Keys {
			m.Rows = append(m.Rows, all.Connections[luid])
		}
		r.Document.Rest = append(r.Document.Rest, m)
	}
	if all.Collections != nil {
		slices.SortFunc(all.Collections, func(a, b string) int {
			return cmp.Or(strings.Compare(lists.CollectionID(gjson.Parse(a)), lists.CollectionID(gjson.Parse(b))), strings.Compare(a, b))
		})
		r.Document.Rest = append(r.Document.Rest, snapshot.Member{Name: "collections", Rows: all.Collections})
	}
	return r
}

// mostCommon is the reason that most have.
func mostCommon(why map[string]string) (best string) {
	n := map[string]int{}
	for _, text := range why {
		n[text]++
	}
	for _, text := range slices.Sorted(maps.Keys(n)) {
		if n[text] > n[best] {
			best = text
		}
	}
	return best
}

// hiding is why objects of a type come without names, and what helps
// (sources/tableau/API.md#redacted-names): the names of what is in databases
// depend on Catalog, those of content on the permissions of its projects.
func hiding(typ string) (why, fix string) {
	why = "the account may not see them"
	switch typ {
	case "DatabaseTable", "CustomSQLTable":
		return "the account lacks the permission to see them, or the site has no Data Management",
			"ask for View on the databases and tables in Catalog"
	case "VirtualConnection", "VirtualConnectionTable":
		return why, "ask for View on the virtual connections and their projects"
	case "PublishedDatasource":
		return why, "ask for View on the data sources and their projects"
	case "Flow":
		return why, "ask for View on the flows and their projects"
	}
	return why, "ask for View on the workbooks and their projects"
}

// redacted counts entries whose names came as null (sources/tableau/API.md#redacted-names). Hidden
// names of everything else do not hurt.
func redacted(entries iter.Seq[string], cut map[string]string) int {
	n := 0
	for entry := range entries {
		if _, is := cut[gjson.Get(entry, "id").String()]; is {
			continue // it is incomplete, not hidden
		}
		name := gjson.Get(entry, "name")
		if name.Exists() && name.Type == gjson.Null && gjson.Get(entry, "fullName").String() == "" && gjson.Get(entry, "query").String() == "" {
			n++
		}
	}
	return n
}
