// Package yank is the menu of what can be copied: the things that every view offers for
// what is under its cursor, and the box that shows what will be copied before it is.
//
// Not here: the clipboard (view.Desk).
package yank

import (
	"strings"

	"darkroom/model"
	"darkroom/model/exposure"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/model/shellword"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Copies are what can be copied of a row; empty where there is nothing. More is what a
// view adds to it.
func Copies(h *view.Host, s view.Subject, more []view.Copy) []view.Copy {
	var list copies
	switch r, d := s.Resource(h.Graph), s.Dashboard(h.Graph); {
	case r != nil:
		list.resource(h.Graph.Node(s.Node).Project, r)
	case d != nil:
		list.dashboard(d)
		list.exposure(h.Outlook.Of(d.Key).Entry())
	default:
		list.row(s)
	}
	return append(list, more...)
}

type copies []view.Copy

// add adds what has one line, whatever a name contains: a second one could be a command.
// What is empty is left out.
func (l *copies) add(key, what, foreign string) {
	if foreign != "" {
		*l = append(*l, view.Copy{Key: key, What: what, Text: text.Clean(foreign)})
	}
}

func (l *copies) resource(in *model.Project, r *model.Resource) {
	l.add("i", "id", r.ID)
	l.add("a", "address", in.DocsPage(r))
	l.add("n", "name", r.VersionedName())
	if call, ok := exposure.Call(r, in == nil || r.Package() != in.Name); ok {
		what, _, _ := strings.Cut(call, "(")
		l.add("r", what, "{{ "+call+" }}")
	}
	l.add("t", "relation", r.RelationName())
	l.add("p", "path", r.Path)
	l.add("b", "dbt build", "dbt build -s "+shellword.Quote(r.Name))
}

func (l *copies) dashboard(d *lineage.Dashboard) {
	url := d.URL()
	l.add("a", "address", url)
	l.add("n", "name", d.Title())
	l.add("i", "id", d.Dashboard.LUID)
	l.add("m", "Markdown link", link(d.Title(), url))
}

// exposure is the entry of a dashboard, as it is or will be written.
func (l *copies) exposure(e *outlook.Entry) {
	if e == nil {
		return
	}
	if e.YAML != "" {
		*l = append(*l, view.Copy{Key: "y", What: "YAML", Text: e.YAML})
	}
	l.add("p", "path", e.Path)
	if e.ID != "" {
		l.add("b", "dbt build", "dbt build -s "+shellword.Quote("+exposure:"+e.Name))
	}
}

// row is for rows that are neither: folders, workbooks, tables without a resource.
func (l *copies) row(s view.Subject) {
	url := ""
	if s.URL != nil {
		url = s.URL()
	}
	l.add("a", "address", url)
	l.add("n", "name", s.Name)
	l.add("m", "Markdown link", link(s.Name, url))
}

// link is a link in Markdown; without an address there is none.
func link(title, url string) string {
	if url == "" {
		return ""
	}
	return "[" + markdown.Replace(text.Clean(title)) + "](" + target.Replace(url) + ")"
}

var (
	markdown = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;")
	target   = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")
)
