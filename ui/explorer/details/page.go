// Package details is the pane of details: its tabs, its links (Pane), and what it says
// about a resource, a dashboard, a workbook, and about anything else through Page.
// Proofs use the same page. It knows views only by their interface.
package details

import (
	"fmt"
	"strings"

	"darkroom/model/curate"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Writer describes something on a page.
type Writer interface{ Write(*Page) }

// Page collects lines of one width, and the links in them.
type Page struct {
	*view.Host
	view.Details
	Width int
	Rows  view.ListRows // nil shows the beginning of each list
}

// NewPage begins a page for a pane of some cells.
func NewPage(h *view.Host, width int) *Page { return &Page{Host: h, Width: max(width-1, 8)} }

// labelWidth is the column of field names.
const labelWidth = 13

// Blank adds an empty line.
func (p *Page) Blank() { p.Lines = append(p.Lines, "") }

// Title adds a title, in as many lines as it needs. One that comes first is the head.
func (p *Page) Title(s string) {
	first := len(p.Lines) == 0
	for _, l := range text.Wrap(text.Clean(s), p.Width) {
		p.Lines = append(p.Lines, p.Styles.Title.Render(l))
	}
	if first {
		p.Head = len(p.Lines)
	}
}

// Heading adds a heading after an empty line.
func (p *Page) Heading(s string) {
	p.Blank()
	p.Lines = append(p.Lines, p.Styles.Accent.Render(text.Cut(s, p.Width)))
}

// Field adds a labelled value; an empty value adds nothing.
func (p *Page) Field(label, value string) { p.Styled(label, value, theme.Style{}) }

// Styled is Field with a style.
func (p *Page) Styled(label, value string, st theme.Style) {
	if value == "" {
		return
	}
	indent := min(labelWidth, p.Width/3)
	for i, l := range text.Wrap(text.Clean(value), p.Width-indent) {
		if i > 0 {
			label = ""
		}
		p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Pad(label, indent))+st.Render(l))
	}
}

// Paragraph adds a text; an empty one adds nothing.
func (p *Page) Paragraph(s string) {
	if s != "" {
		p.Prose(s)
	}
}

// Prose adds a text, wrapped.
func (p *Page) Prose(s string) {
	for _, line := range text.CleanLines(strings.TrimSpace(s)) {
		p.Lines = append(p.Lines, text.Wrap(line, p.Width)...)
	}
}

// Source adds lines of a file as they are, cut where they are too long: broken, they would
// be another YAML.
func (p *Page) Source(s string, st theme.Style) {
	for _, l := range text.CleanLines(strings.TrimRight(s, "\n")) {
		p.Lines = append(p.Lines, st.Render(text.Cut(l, p.Width)))
	}
}

// Bullet adds a line with a sign, wrapped below itself.
func (p *Page) Bullet(sign, s string, st theme.Style) {
	for i, l := range text.Wrap(text.Clean(s), p.Width-2) {
		if i == 0 {
			p.Lines = append(p.Lines, sign+" "+st.Render(l))
		} else {
			p.Lines = append(p.Lines, "  "+st.Render(l))
		}
	}
}

// Choice counts decisions; of no dashboard it says nothing.
func (p *Page) Choice(t curate.Tally) {
	if t.Total() == 0 {
		return
	}
	p.Blank()
	p.Field("dashboards", fmt.Sprint(t.Total()))
	p.Styled("included", nonZero(t.Included), p.Styles.Included)
	p.Styled("excluded", nonZero(t.Excluded), p.Styles.Excluded)
	p.Field("undecided", nonZero(t.Undecided))
}

func nonZero(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// Node describes the resource or the dashboard that a row is.
func (p *Page) Node(s *view.Subject) {
	if d := s.Dashboard(p.Graph); d != nil {
		p.Dashboard(d, s)
		return
	}
	p.Resource(s)
}
