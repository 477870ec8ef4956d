package output

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"darkroom/model/pattern"
	"darkroom/ui/text"
)

// EscapeMarkdown makes a text one line of plain text in Markdown. On GitHub it mentions
// no user, refers to no issue and is not a link, either.
func EscapeMarkdown(s string) string {
	return references().ReplaceAllStringFunc(special.Replace(text.Clean(s)), func(m string) string {
		return m[:len(m)-1] + "<!-- -->" + m[len(m)-1:]
	})
}

var (
	special = strings.NewReplacer(
		`\`, `\\`, "|", `\|`, "`", "\\`", "[", `\[`, "]", `\]`, "*", `\*`, "_", `\_`, "~", `\~`, "$", `\$`, "#", `\#`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;",
	)
	// references begin what GitHub makes a link of by itself.
	references = pattern.Of(`(?i)[@#]\w|\bGH-|://|\bwww\.`)
)

// Markdown writes a table.
func (l Listing) Markdown(w io.Writer) error {
	_, err := io.WriteString(w, markdownRow(l.Header)+"|"+strings.Repeat("---|", len(l.Header))+"\n")
	for i := 0; i < l.n && err == nil; i++ {
		_, err = io.WriteString(w, markdownRow(l.cells(l.Row(i))))
	}
	return err
}

func markdownRow(cells []string) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = EscapeMarkdown(c)
	}
	return "| " + strings.Join(out, " | ") + " |\n"
}

// Report is a page of Markdown with tables.
type Report struct {
	Head   string // Markdown
	Tables []ReportTable
	Tail   []string // Markdown, items of a list
	// More says where the rest is when the page has no room for it.
	More string
}

// ReportTable is a table with its heading, a plain text.
type ReportTable struct {
	Title string
	Listing
}

// Bounded is the page in at most so many bytes: each table has as many rows as fit, and
// says how many more there are. With no room for that either it is cut.
func (r *Report) Bounded(most int) string {
	longest := len(r.Tail)
	for i := range r.Tables {
		longest = max(longest, r.Tables[i].Len())
	}
	if page := r.page(longest); len(page) <= most {
		return page
	}
	rows := sort.Search(longest, func(n int) bool { return len(r.page(n+1)) > most })
	page := r.page(rows)
	return strings.ToValidUTF8(page[:min(len(page), most)], "")
}

// page has so many rows of each table.
func (r *Report) page(rows int) string {
	var b strings.Builder
	b.WriteString(r.Head)
	for i := range r.Tables {
		t := &r.Tables[i]
		fmt.Fprintf(&b, "\n### %s (%d)\n\n", EscapeMarkdown(t.Title), t.Len())
		part := t.first(rows)
		if part.Len() > 0 {
			_ = part.Markdown(&b) // a builder takes everything
		}
		b.WriteString(r.more(t.Len()-rows, part.Len() > 0))
	}
	if len(r.Tail) > 0 {
		b.WriteByte('\n')
	}
	for _, item := range r.Tail[:min(rows, len(r.Tail))] {
		b.WriteString("- " + item + "\n")
	}
	b.WriteString(r.more(len(r.Tail)-rows, rows > 0))
	return b.String()
}

// more says that there is more, in a paragraph of its own.
func (r *Report) more(n int, after bool) string {
	switch {
	case n <= 0:
		return ""
	case after:
		return fmt.Sprintf("\n… and %d more: %s\n", n, r.More)
	}
	return fmt.Sprintf("%d: %s\n", n, r.More)
}
