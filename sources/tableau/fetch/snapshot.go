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

	"darkroom/sources/tableau"
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

type member struct{ name, text string }

func (f *fetcher) snapshot() *Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &Snapshot{
		Partial: slices.Sorted(slices.Values(f.holes)), Notes: slices.Sorted(slices.Values(f.notes)),
		server: f.opt.Server, contentURL: f.opt.ContentURL, fetchedAt: f.opt.Now().UTC().Truncate(time.Second), scratch: f.scratch,
	}
	s.name = or(f.siteName, or(f.opt.Name, f.opt.ContentURL))
	for _, st := range stages() {
		l := f.lists[st.list]
		s.metadata = append(s.metadata, member{st.list, jsonList(l.entries)})
		c := Count{Words: st.words, N: len(l.entries), Redacted: redacted(l.entries)}
		s.Counts = append(s.Counts, c)
		if c.Redacted > 0 {
			s.Notes = append(s.Notes, fmt.Sprintf("%d of %d %s hide their names: the account lacks the permission to see them, "+
				"or the site has no Data Management; ask for View on the databases and tables", c.Redacted, c.N, c.Words))
		}
	}
	for _, r := range f.restLists() {
		if l := f.rest[r.list]; len(l.entries) > 0 {
			s.rest = append(s.rest, member{r.list, jsonList(l.entries)})
		}
	}
	if len(f.connected) > 0 {
		var parts []string
		for _, luid := range slices.Sorted(maps.Keys(f.connected)) {
			parts = append(parts, quote(luid)+":"+f.connected[luid])
		}
		s.rest = append(s.rest, member{"workbookConnections", "{" + strings.Join(parts, ",\n") + "}"})
	}
	if f.collected != nil {
		s.rest = append(s.rest, member{"collections", jsonList(f.collected)})
	}
	f.files.into(s)
	return s
}

// redacted counts entries whose names came as null (facts/tableau.md §2.7). Hidden
// names of everything else do not hurt.
func redacted(entries []string) int {
	n := 0
	for _, entry := range entries {
		name := gjson.Get(entry, "name")
		if name.Exists() && name.Type == gjson.Null && gjson.Get(entry, "fullName").String() == "" && gjson.Get(entry, "query").String() == "" {
			n++
		}
	}
	return n
}

// jsonList writes entries in the order of their ids, one on a line.
func jsonList(entries []string) string {
	ids := make(map[string]string, len(entries))
	for _, e := range entries {
		ids[e] = gjson.Get(e, "id").String() + gjson.Get(e, "luid").String()
	}
	entries = slices.SortedFunc(slices.Values(entries), func(a, b string) int {
		return cmp.Or(strings.Compare(ids[a], ids[b]), strings.Compare(a, b))
	})
	return "[" + strings.Join(entries, ",\n") + "]"
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
		tableau.SnapshotFormat, s.fetchedAt.Format(time.RFC3339), quote(s.server), quote(s.contentURL), quote(s.name), partial)
	for _, part := range []struct {
		name    string
		members []member
	}{{"rest", s.rest}, {"files", s.files}, {"metadata", s.metadata}} {
		if part.name == "files" && len(s.files) == 0 {
			continue
		}
		fmt.Fprintf(out, ",\n%q:{", part.name)
		for i, m := range part.members {
			if i > 0 {
				out.WriteByte(',')
			}
			fmt.Fprintf(out, "\n%q:%s", m.name, m.text)
		}
		out.WriteByte('}')
	}
	out.WriteString("}\n")
	return out.Flush()
}

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
