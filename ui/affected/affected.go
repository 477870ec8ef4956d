// Package affected says what depends on changed nodes, for the command impact and the
// explorer's impact screen: the same words as text and as Markdown.
//
// Not here: what depends on them (model/impact).
package affected

import (
	"fmt"
	"strings"

	"darkroom/model/impact"
	"darkroom/model/lineage"
	"darkroom/ui/cli/output"
	"darkroom/ui/text"
)

// Title says what was asked. About is what the nodes are called together, such as a
// folder or a selector; empty names them.
func Title(g *lineage.Graph, r *impact.Report, about string) string {
	return "What depends on " + subject(g, r, about)
}

func subject(g *lineage.Graph, r *impact.Report, about string) string {
	const most = 3
	if about != "" {
		return text.Clean(about)
	}
	var names []string
	for _, id := range r.Changed[:min(len(r.Changed), most)] {
		names = append(names, Name(g, id))
	}
	if n := len(r.Changed) - most; n > 0 {
		return strings.Join(names, ", ") + " and " + text.Count(n, "other node")
	}
	return strings.Join(names, ", ")
}

// Name is what a node is called, safe for a terminal.
func Name(g *lineage.Graph, id lineage.ID) string {
	n := g.Node(id)
	if n.Resource != nil {
		return text.Clean(n.Resource.FullName())
	}
	return text.Clean(n.Dashboard.Title())
}

// Numbers are the counts in a line.
func Numbers(r *impact.Report, dot string) string {
	c := r.Counts
	switch {
	case r.None():
		return "No dashboard is affected."
	case c.Dashboards == 0:
		return "No dashboard is affected " + dot + " " + text.Count(c.Exposures, "exposure")
	}
	return strings.Join([]string{
		text.Count(c.Dashboards, "dashboard"), text.Short(c.Views) + " views", text.Count(c.Owners, "owner"),
		text.Count(c.Exposures, "exposure"), fmt.Sprintf("%d certified", c.Certified),
	}, " "+dot+" ")
}

// Way is the path to something, which is called this: "fct_orders → fct_revenue → this".
func Way(g *lineage.Graph, path []lineage.ID, arrow string) string {
	names := make([]string, 0, len(path)+1)
	for _, id := range path {
		names = append(names, Name(g, id))
	}
	return strings.Join(append(names, "this"), " "+arrow+" ")
}

// Owner is the heading of an owner's dashboards.
func Owner(o *impact.Owner) string {
	switch {
	case o.Name == "" && o.Email == "":
		return "Owner not known"
	case o.Email == "":
		return text.Clean(o.Name)
	case o.Name == "":
		return "<" + text.Clean(o.Email) + ">"
	}
	return text.Clean(o.Name) + " <" + text.Clean(o.Email) + ">"
}

// State is what is known of a dashboard's exposure, in a word; empty without one.
func State(d *impact.Dashboard) string {
	switch {
	case d.State != "":
		return string(d.State)
	case d.Severity == impact.Included:
		return "included"
	}
	return ""
}

// Views are the views of a dashboard, "–" when they are not known.
func Views(n int) string {
	if n < 0 {
		return "–"
	}
	return text.Short(n)
}

// Text is the answer in lines.
func Text(g *lineage.Graph, r *impact.Report, about string) string {
	var b strings.Builder
	b.WriteString(Title(g, r, about) + "\n" + Numbers(r, "·") + "\n")
	title, state := 0, 0
	for i := range r.Dashboards {
		d := &r.Dashboards[i]
		title, state = max(title, text.Width(titleOf(d))), max(state, len(State(d)))
	}
	for i := range r.Owners {
		o := &r.Owners[i]
		fmt.Fprintf(&b, "\n%s  %s, %s views\n", Owner(o), text.Count(len(o.Dashboards), "dashboard"), text.Short(o.Views))
		for k := range o.Dashboards {
			d := &o.Dashboards[k]
			cells := []string{"", text.Pad(titleOf(d), title), text.Pad(State(d), state), text.PadLeft(Views(d.Views), 5)}
			if r.Counts.Certified > 0 {
				cells = append(cells, text.Pad(map[bool]string{true: certified}[d.Certified], len(certified)))
			}
			b.WriteString(strings.Join(append(cells, Way(g, d.Path, "→")), "  ") + "\n")
		}
	}
	if len(r.Exposures) > 0 {
		b.WriteString("\n" + ExposuresTitle + "\n")
		for i := range r.Exposures {
			x := &r.Exposures[i]
			fmt.Fprintf(&b, "  %s  %s  %s  %s\n", text.Clean(x.Name), text.Clean(x.Type), text.Clean(x.Owner()), Way(g, x.Path, "→"))
		}
	}
	return b.String()
}

// ExposuresTitle is over the exposures that no loaded dashboard has.
const ExposuresTitle = "Exposures of other things"

const widestTitle = 48

func titleOf(d *impact.Dashboard) string { return text.Cut(text.Clean(d.Title()), widestTitle) }

const certified = "certified"

// Marker is hidden at the beginning of the Markdown, so that a job finds the comment that
// it wrote before.
const Marker = "<!-- darkroom:impact -->"

// MostMarkdown is what fits into a comment on GitHub, in bytes.
const MostMarkdown = 65536

// Markdown is the answer for a pull request: the same for the same input, and never too
// large for one comment.
func Markdown(g *lineage.Graph, r *impact.Report, about string) string {
	page := output.Report{
		Head: Marker + "\n## " + output.EscapeMarkdown(Title(g, r, about)) + "\n\n" + Numbers(r, "·") + "\n",
		More: "darkroom impact lists them.",
	}
	for _, s := range impact.Severities() {
		t := output.ReportTable{Title: s.Title(), Listing: output.Listing{Header: []string{"dashboard", "workbook", "owner", "exposure", "views", "certified", "path", "site"}}}
		for i := range r.Dashboards {
			if d := &r.Dashboards[i]; d.Severity == s {
				t.Add(nil, d.Title(), d.WorkbookTitle(), ownerName(d), exposureCell(d), Views(d.Views), map[bool]string{true: "yes"}[d.Certified], Way(g, d.Path, "→"), d.Site.ID())
			}
		}
		if len(t.Rows) > 0 {
			page.Tables = append(page.Tables, t)
		}
	}
	if len(r.Exposures) > 0 {
		t := output.ReportTable{Title: ExposuresTitle, Listing: output.Listing{Header: []string{"exposure", "type", "owner", "file", "path"}}}
		for i := range r.Exposures {
			x := &r.Exposures[i]
			t.Add(nil, x.Name, x.Type, x.Owner(), x.Exposure.Path, Way(g, x.Path, "→"))
		}
		page.Tables = append(page.Tables, t)
	}
	return page.Bounded(MostMarkdown)
}

func ownerName(d *impact.Dashboard) string {
	if o := d.Owner(); o.Name != "" {
		return o.Name
	}
	return d.Owner().Email
}

func exposureCell(d *impact.Dashboard) string {
	switch state := State(d); {
	case d.Exposure == "":
		return state
	case state == "":
		return d.Exposure
	default:
		return d.Exposure + ", " + state
	}
}
