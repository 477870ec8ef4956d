// Package output prints what commands have to say: listings as a table, JSON, CSV or
// Markdown, sentences wrapped, and texts that are safe for a terminal.
//
// Not here: what is printed (ui/cli and its rooms), and what a terminal can show
// (ui/cli/terminal).
package output

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// Formats are those of --output, the default first.
func Formats() []string { return []string{"table", "json", "csv", "markdown"} }

// Listing is something to list: objects for machines, and columns of them for
// reading.
type Listing struct {
	Header []string
	Rows   []Row
	// Usual is how many of the columns, from the left, are printed when none are chosen;
	// 0 is all of them.
	Usual int
}

// Row is one entry. Object is what JSON prints; cells follow the header.
type Row struct {
	Object any
	Cells  []string
}

// Add adds an entry.
func (l *Listing) Add(object any, cells ...string) { l.Rows = append(l.Rows, Row{object, cells}) }

// Drop takes a column away.
func (l *Listing) Drop(name string) {
	at := slices.Index(l.Header, name)
	if at < 0 {
		return
	}
	l.Header = slices.Delete(slices.Clone(l.Header), at, at+1)
	if at < l.Usual {
		l.Usual--
	}
	for i := range l.Rows {
		l.Rows[i].Cells = slices.Delete(l.Rows[i].Cells, at, at+1)
	}
}

// CheckFormat refuses a format that is not known.
func CheckFormat(format string) error {
	if slices.Contains(Formats(), format) {
		return nil
	}
	return fmt.Errorf("--output %q is not known; use one of %s", format, strings.Join(Formats(), ", "))
}

// Print writes the listing, row by row. JSON keeps every text as it is, escaped; the other
// formats are safe for a terminal. It stops with the error of ctx.
func (l Listing) Print(ctx context.Context, to io.Writer, format string) error {
	w := bufio.NewWriterSize(to, buffered)
	if err := l.print(watched{ctx, w}, format); err != nil {
		return err
	}
	return w.Flush()
}

// buffered is how much is written at once.
const buffered = 64 << 10

// watched is a writer that ends with its context.
type watched struct {
	ctx context.Context //nolint:containedctx // it lives as long as one Print
	io.Writer
}

func (w watched) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}

func (l Listing) print(w io.Writer, format string) error {
	if l.Usual > 0 {
		l.Header = l.Header[:l.Usual]
	}
	switch format {
	case "json":
		return l.json(w)
	case "csv":
		return l.csv(w)
	case "markdown":
		return l.Markdown(w)
	}
	return l.table(w)
}

// json writes what JSON writes of all objects together, one after another.
func (l Listing) json(w io.Writer) error {
	if len(l.Rows) == 0 {
		return JSON(w, []any{})
	}
	var doc bytes.Buffer
	enc := json.NewEncoder(&doc)
	enc.SetEscapeHTML(false)
	var out []byte
	between := "[\n  "
	for i := range l.Rows {
		doc.Reset()
		if err := enc.Encode(l.Rows[i].Object); err != nil {
			return err
		}
		out = indent(append(out[:0], between...), bytes.TrimSuffix(doc.Bytes(), []byte("\n")), "  ")
		if _, err := w.Write(text.SafeJSON(out)); err != nil {
			return err
		}
		between = ",\n  "
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

// JSON is how every command prints JSON: indented, texts as they are, but
// with nothing that a terminal would obey.
func JSON(w io.Writer, v any) error {
	var doc bytes.Buffer
	enc := json.NewEncoder(&doc)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(text.SafeJSON(indent(make([]byte, 0, 2*doc.Len()), doc.Bytes(), "")))
	return err
}

// csv guards against cells that a spreadsheet would run as a formula.
func (l Listing) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(l.Header); err != nil {
		return err
	}
	for _, r := range l.Rows {
		cells := make([]string, len(l.Header))
		for i, c := range r.Cells[:len(l.Header)] {
			if c = text.Clean(c); c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
				c = "'" + c
			}
			cells[i] = c
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// widest is where a table's column is cut, so that one long title does not push
// the rest off the screen.
const widest = 60

func (l Listing) table(w io.Writer) error {
	widths := make([]int, len(l.Header))
	measure := func(cells []string) {
		for i, c := range cells {
			widths[i] = min(max(widths[i], text.Width(text.Clean(c))), widest)
		}
	}
	upper := make([]string, len(l.Header))
	for i, h := range l.Header {
		upper[i] = strings.ToUpper(h)
	}
	measure(upper)
	for _, r := range l.Rows {
		measure(r.Cells[:len(l.Header)])
	}
	line := func(cells []string) error {
		var row strings.Builder
		for i, c := range cells {
			row.WriteString(text.Pad(text.Clean(c), widths[i]) + "  ")
		}
		_, err := io.WriteString(w, strings.TrimRight(row.String(), " ")+"\n")
		return err
	}
	err := line(upper)
	for i := 0; i < len(l.Rows) && err == nil; i++ {
		err = line(l.Rows[i].Cells[:len(l.Header)])
	}
	return err
}

// Number prints a count; one that is not known is empty.
func Number(n int) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}
