package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// outputs are the formats of --output.
var outputs = [...]string{"table", "json", "csv", "markdown"}

// listing is something to list: objects for machines, and columns of them for
// reading.
type listing struct {
	header []string
	rows   []listRow
}

// listRow is one entry. object is what JSON prints; cells follow the header.
type listRow struct {
	object any
	cells  []string
}

func checkOutput(format string) error {
	if slices.Contains(outputs[:], format) {
		return nil
	}
	return usage("--output %q is not known; use one of %s", format, strings.Join(outputs[:], ", "))
}

// print writes the listing. JSON keeps every text as it is, escaped; the other
// formats are safe for a terminal.
func (l listing) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return l.json(w)
	case "csv":
		return l.csv(w)
	case "markdown":
		return l.markdown(w)
	}
	return l.table(w)
}

func (l listing) json(w io.Writer) error {
	objects := make([]any, len(l.rows))
	for i, r := range l.rows {
		objects[i] = r.object
	}
	return writeJSON(w, objects)
}

// writeJSON is how every command prints JSON: indented, texts as they are, but
// with nothing that a terminal would obey.
func writeJSON(w io.Writer, v any) error {
	var doc bytes.Buffer
	enc := json.NewEncoder(&doc)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(text.SafeJSON(doc.Bytes()))
	return err
}

// csv guards against cells that a spreadsheet would run as a formula.
func (l listing) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(l.header); err != nil {
		return err
	}
	for _, r := range l.rows {
		cells := make([]string, len(r.cells))
		for i, c := range r.cells {
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

// escapeMarkdown makes a text one line of plain text in Markdown.
func escapeMarkdown(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "`", "\\`", "[", `\[`, "*", `\*`, "_", `\_`).Replace(text.Clean(s))
}

func (l listing) markdown(w io.Writer) error {
	line := func(cells []string) string {
		out := make([]string, len(cells))
		for i, c := range cells {
			out[i] = escapeMarkdown(c)
		}
		return "| " + strings.Join(out, " | ") + " |\n"
	}
	var b strings.Builder
	b.WriteString(line(l.header))
	b.WriteString("|" + strings.Repeat("---|", len(l.header)) + "\n")
	for _, r := range l.rows {
		b.WriteString(line(r.cells))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// widest is where a table's column is cut, so that one long title does not push
// the rest off the screen.
const widest = 60

func (l listing) table(w io.Writer) error {
	widths := make([]int, len(l.header))
	measure := func(cells []string) {
		for i, c := range cells {
			widths[i] = min(max(widths[i], text.Width(text.Clean(c))), widest)
		}
	}
	upper := make([]string, len(l.header))
	for i, h := range l.header {
		upper[i] = strings.ToUpper(h)
	}
	measure(upper)
	for _, r := range l.rows {
		measure(r.cells)
	}
	var b strings.Builder
	line := func(cells []string) {
		var row strings.Builder
		for i, c := range cells {
			row.WriteString(text.Pad(text.Clean(c), widths[i]) + "  ")
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	line(upper)
	for _, r := range l.rows {
		line(r.cells)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func number(n int) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}
