package affected

import (
	"darkroom/model/impact"
	"darkroom/ui/cli/output"
)

// Marker is hidden at the beginning of the Markdown, so that a job finds the comment that
// it wrote before.
const Marker = "<!-- darkroom:impact -->"

// mostMarkdown is what fits into a comment on GitHub, in bytes.
const mostMarkdown = 65536

// Markdown is the answer for a pull request: the same for the same input, and never too
// large for one comment.
func (a *Answer) Markdown() string {
	g, r := a.Graph, a.Report
	page := output.Report{
		Head: Marker + "\n## " + output.EscapeMarkdown(a.Title()) + "\n\n" + a.Numbers("·") + "\n",
		More: "darkroom impact lists them.",
	}
	for _, s := range impact.Severities() {
		t := output.ReportTable{Title: s.Title(), Listing: output.Listing{Header: []string{"dashboard", "workbook", "owner", "exposure", "views", "certified", "path", "site"}}}
		for i := range r.Dashboards {
			if d := &r.Dashboards[i]; d.Severity == s {
				t.Add(nil, d.Title(), d.WorkbookTitle(), ownerName(d), exposureCell(d), Views(d.Views), map[bool]string{true: "yes"}[d.Certified], Way(g, d.Path, "→"), d.Site.ID())
			}
		}
		if t.Len() > 0 {
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
	if rows := a.changed(); len(rows) > 0 {
		t := output.ReportTable{Title: changedTitle, Listing: output.Listing{Header: []string{"resource", "type", "what", "file"}}}
		for _, c := range rows {
			t.Add(nil, c.name, c.kind, c.what, c.file)
		}
		page.Tables = append(page.Tables, t)
	}
	if a.Changes != nil {
		page.Tail = a.found()
		if tests := a.tests(); tests != "" {
			page.Tail = append([]string{tests}, page.Tail...)
		}
		for i, s := range page.Tail {
			page.Tail[i] = output.EscapeMarkdown(s)
		}
	}
	return page.Bounded(mostMarkdown)
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
