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
	if err := l.print(ctx, watched{ctx, w}, format); err != nil {
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

func (l Listing) print(ctx context.Context, w io.Writer, format string) error {
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
	return l.table(ctx, w)
}

// json writes what JSON writes of all objects together, one after another.
func (l Listing) json(w io.Writer) error {
	if l.n == 0 {
		return JSON(w, []any{})
	}
	var doc bytes.Buffer
	enc := json.NewEncoder(&doc)
	enc.SetEscapeHTML(false)
	var out []byte
	between := "[\n  "
	for i := range l.n {
		doc.Reset()
		if err := enc.Encode(l.object(l.Row(i))); err != nil {
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

// object is what JSON prints of a row.
func (l *Listing) object(r Row) any {
	if l.chosen {
		return chosen{r.Object, l.Header, l.cells(r)}
	}
	return r.Object
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
	for n := range l.n {
		cells := make([]string, len(l.Header))
		for i, c := range l.cells(l.Row(n)) {
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

// table keeps the cells that it prints: how wide a column is depends on all of them.
func (l Listing) table(ctx context.Context, w io.Writer) error {
	columns := len(l.Header)
	widths := make([]int, columns)
	cells := make([]string, 0, columns*(l.n+1))
	add := func(row []string) {
		for i, c := range row {
			c = text.Clean(c)
			widths[i] = min(max(widths[i], text.Width(c)), widest)
			cells = append(cells, c)
		}
	}
	upper := make([]string, columns)
	for i, h := range l.Header {
		upper[i] = strings.ToUpper(h)
	}
	add(upper)
	for i := range l.n {
		if err := ctx.Err(); err != nil {
			return err
		}
		add(l.cells(l.Row(i)))
	}
	for row := range slices.Chunk(cells, columns) {
		var line strings.Builder
		for i, c := range row {
			line.WriteString(text.Pad(c, widths[i]) + "  ")
		}
		if _, err := io.WriteString(w, strings.TrimRight(line.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}
