package snapshot

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"
)

// Document is a snapshot to be written.
type Document struct {
	FetchedAt                         time.Time
	Server, ContentURL, Name          string
	Partial                           []string
	Incomplete, Rest, Files, Metadata []Member
	Columns                           []Member // see ColumnsWriter
}

// Member is a list of JSON texts or, with Keys, an object of them. Each is written on
// a line of its own.
type Member struct {
	Name       string
	Keys, Rows []string
	List       iter.Seq[string] // gives the rows one by one, instead of Rows
}

// TextsByKey is an object of texts, sorted.
func TextsByKey(name string, texts map[string]string) Member {
	m := Member{Name: name, Keys: slices.Sorted(maps.Keys(texts))}
	for _, key := range m.Keys {
		m.Rows = append(m.Rows, Quote(texts[key]))
	}
	return m
}

// write goes straight into out: the lists of a large site are not put together in
// memory once more.
func (m Member) write(out *bufio.Writer) {
	brackets := "[]"
	if m.Keys != nil {
		brackets = "{}"
	}
	fmt.Fprintf(out, "\n%q:%c", m.Name, brackets[0])
	rows, i := m.List, 0
	if rows == nil {
		rows = slices.Values(m.Rows)
	}
	for row := range rows {
		if i > 0 {
			out.WriteString(",\n")
		}
		if m.Keys != nil {
			out.WriteString(Quote(m.Keys[i]) + ":")
		}
		out.WriteString(row)
		i++
	}
	out.WriteByte(brackets[1])
}

// Quote writes a text as JSON.
func Quote(s string) string {
	b, _ := json.Marshal(s) // a text is always fine
	return string(b)
}

// WriteTo writes the document, gzipped without time or name: the same content is
// the same bytes.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{w: w}
	zw := gzip.NewWriter(counted)
	if err := d.WriteText(zw); err != nil {
		return counted.n, err
	}
	err := zw.Close()
	return counted.n, err
}

func (d *Document) WriteText(w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	partial, err := json.Marshal(append([]string{}, d.Partial...))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"format\":%q,\n\"fetched_at\":%q,\n\"server\":%s,\n\"site\":{\"contentUrl\":%s,\"name\":%s},\n\"partial\":%s",
		Format, d.FetchedAt.Format(time.RFC3339), Quote(d.Server), Quote(d.ContentURL), Quote(d.Name), partial)
	for _, part := range []struct {
		name    string
		members []Member
	}{{"incomplete", d.Incomplete}, {"rest", d.Rest}, {"files", d.Files}, {"columns", d.Columns}, {"metadata", d.Metadata}} {
		if optional := part.name != "rest" && part.name != "metadata"; optional && len(part.members) == 0 {
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

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
