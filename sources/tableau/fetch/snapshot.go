package fetch

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/snapshot"
)

// Snapshot is a fetched site in the format of package tableau.
type Snapshot struct {
	Partial []string // what is known to be missing; empty when it is whole
	Notes   []string // what a person should know besides
	Resumed bool     // begun by an earlier, interrupted fetch
	Counts  []Count
	// Downloaded and Kept count the files whose facts are new and from last time.
	Downloaded, Kept int

	server, contentURL, name string
	fetchedAt                time.Time
	metadata, rest, files    []member
	incomplete               []member
	read                     map[string]bool // whose file is among files, see fileKey
	lost                     int             // files of last time whose facts are no longer good, and not replaced
	scratch                  *scratch
}

// Count is how many objects a list has, and how many of them hide their names.
type Count struct {
	Words    string
	N        int
	Redacted int
}

// member is a list, or with keys an object, whose values are written one on a line.
type member struct {
	name       string
	keys, rows []string
}

func (f *fetcher) snapshot() *Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &Snapshot{
		Partial: slices.Sorted(slices.Values(f.holes)), Notes: slices.Sorted(slices.Values(f.notes)),
		server: f.opt.Server, contentURL: f.opt.ContentURL, fetchedAt: f.opt.Now().UTC().Truncate(time.Second), scratch: f.scratch,
	}
	s.incomplete = f.marks.members()
	s.name = or(f.siteName, or(f.opt.Name, f.opt.ContentURL))
	for _, st := range stages() {
		l := f.lists[st.list]
		s.metadata = append(s.metadata, member{name: st.list, rows: l.sorted()})
		c := Count{Words: st.words, N: len(l.entries), Redacted: redacted(l.entries, f.marks.of(st.list))}
		s.Counts = append(s.Counts, c)
		if c.Redacted > 0 {
			why, cure := hiding(st.typ)
			s.Notes = append(s.Notes, fmt.Sprintf("%d of %d %s hide their names: %s; %s", c.Redacted, c.N, c.Words, why, cure))
		}
	}
	for _, r := range f.restLists() {
		if l := f.rest[r.list]; len(l.entries) > 0 && !r.aside {
			s.rest = append(s.rest, member{name: r.list, rows: l.sorted()})
		}
	}
	if len(f.connected) > 0 {
		m := member{name: "workbookConnections", keys: slices.Sorted(maps.Keys(f.connected))}
		for _, luid := range m.keys {
			m.rows = append(m.rows, f.connected[luid])
		}
		s.rest = append(s.rest, m)
	}
	if f.collected != nil {
		slices.SortFunc(f.collected, func(a, b string) int {
			return cmp.Or(strings.Compare(collectionID(gjson.Parse(a)), collectionID(gjson.Parse(b))), strings.Compare(a, b))
		})
		s.rest = append(s.rest, member{name: "collections", rows: f.collected})
	}
	f.files.into(s)
	return s
}

// hiding is why objects of a type come without names, and what helps (facts/tableau.md
// §2.7): the names of what is in databases depend on Catalog, those of content on the
// permissions of its projects.
func hiding(typ string) (why, cure string) {
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

// redacted counts entries whose names came as null (facts/tableau.md §2.7). Hidden
// names of everything else do not hurt.
func redacted(entries []string, cut map[string]string) int {
	n := 0
	for _, entry := range entries {
		if _, is := cut[gjson.Get(entry, "id").String()]; is {
			continue // nobody hides what did not come
		}
		name := gjson.Get(entry, "name")
		if name.Exists() && name.Type == gjson.Null && gjson.Get(entry, "fullName").String() == "" && gjson.Get(entry, "query").String() == "" {
			n++
		}
	}
	return n
}

// write goes straight into out: the lists of a large site are not put together in
// memory once more.
func (m member) write(out *bufio.Writer) {
	brackets := "[]"
	if m.keys != nil {
		brackets = "{}"
	}
	fmt.Fprintf(out, "\n%q:%c", m.name, brackets[0])
	for i, row := range m.rows {
		if i > 0 {
			out.WriteString(",\n")
		}
		if m.keys != nil {
			out.WriteString(quote(m.keys[i]) + ":")
		}
		out.WriteString(row)
	}
	out.WriteByte(brackets[1])
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a text is always fine
	return string(b)
}

// WriteTo writes the document, gzipped without time or name: the same content is
// the same bytes.
func (s *Snapshot) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{w: w}
	zw := gzip.NewWriter(counted)
	if err := s.writeText(zw); err != nil {
		return counted.n, err
	}
	err := zw.Close()
	return counted.n, err
}

func (s *Snapshot) writeText(w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	partial, err := json.Marshal(append([]string{}, s.Partial...))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"format\":%q,\n\"fetched_at\":%q,\n\"server\":%s,\n\"site\":{\"contentUrl\":%s,\"name\":%s},\n\"partial\":%s",
		snapshot.Format, s.fetchedAt.Format(time.RFC3339), quote(s.server), quote(s.contentURL), quote(s.name), partial)
	for _, part := range []struct {
		name    string
		members []member
	}{{"incomplete", s.incomplete}, {"rest", s.rest}, {"files", s.files}, {"metadata", s.metadata}} {
		if len(part.members) == 0 && (part.name == "files" || part.name == "incomplete") {
			continue
		}
		fmt.Fprintf(out, ",\n%q:{", part.name)
		for i, m := range part.members {
			if i > 0 {
				out.WriteByte(',')
			}
			m.write(out)
		}
		out.WriteByte('}')
	}
	out.WriteString("}\n")
	return out.Flush()
}

// forget lets go of the lists once they are written: reading a large snapshot back
// needs the memory. Partial, Notes and Counts stay.
func (s *Snapshot) forget() { s.metadata, s.rest = nil, nil }

// Done ends with the scratch file: it is removed, or kept so that the next fetch
// need not begin anew.
func (s *Snapshot) Done(keep bool) error { return s.scratch.close(keep) }

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
