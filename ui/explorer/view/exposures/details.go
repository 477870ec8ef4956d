package exposures

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/details"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

func (v *View) Actions() []view.Action {
	return append(v.View.Actions(), view.Action{
		Name: "exposures.yaml", Keys: []string{"enter"}, Group: view.GroupShow, Title: "in Exposures: the YAML of the entry, with its file and line", Hint: "YAML",
		Why: v.noYAML, Do: v.showYAML,
	})
}

func (v *View) noYAML() string {
	s, ok := v.At()
	switch {
	case !ok:
		return "there is no exposure here"
	case s.Entry.State == outlook.Refused && s.Entry.YAML == "":
		return "refused: " + s.Entry.Why
	case s.Entry.YAML == "":
		return "the file of " + s.Entry.Name + " is not in this project: " + s.Entry.Path
	}
	return ""
}

// showYAML shows the entry as it will be.
func (v *View) showYAML() tea.Cmd {
	s, _ := v.At()
	e := s.Entry
	v.host.Read(e.Name, e.Place(), e.YAML)
	return nil
}

func (v *View) Details(width int) []string { return v.Describe(width, nil).Lines }

// Describe implements view.Detailed.
func (v *View) Describe(width int, rows view.ListRows) view.Details {
	s, ok := v.At()
	if !ok {
		return view.Details{}
	}
	e, p := s.Entry, details.NewPage(v.host, width)
	p.Rows = rows
	p.Title(e.Name)
	sign, style := v.host.PlanSign(e.State)
	p.Styled("export", sign+" "+e.Says(), style)
	v.adoptable(p, e)
	p.EntryHealth(e)
	p.Field("label", e.Label)
	p.Field("type", e.Type)
	p.Field("maturity", e.Maturity)
	p.Field("owner", strings.TrimSpace(e.Owner+" "+bracketed(strings.Join(e.OwnerEmails, ", "))))
	p.Field("tags", strings.Join(e.Tags, ", "))
	p.Field("project", e.Project)
	p.Field("integration", e.Integration)
	p.Field("site", e.Site)
	p.Field("mode", mode(e))
	if e.Disabled {
		p.Styled("enabled", "false, by hand", p.Styles.Warn)
	}
	if e.Unparsed {
		p.Field("dbt", "has not parsed it yet")
	}
	p.Field("file", e.Place())
	v.conflicts(p, e)
	v.parents(p, e)
	if e.Description != "" {
		p.Blank()
		p.Prose(e.Description)
	}
	if e.URL != "" {
		p.Blank()
		p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(text.Clean(e.URL), p.Width)))
	}
	return p.Details
}

// adoptable says of an entry written by hand that darkroom could keep it up to date.
func (v *View) adoptable(p *details.Page, e *outlook.Entry) {
	if !e.Auto && len(dashboards(v.host.Graph, e)) > 0 {
		p.Field("adopt", view.AdoptsIt(e.Name)+": darkroom keeps it up to date then, and your values stay")
	}
}

// conflicts are the values that differ from the BI tool's.
func (v *View) conflicts(p *details.Page, e *outlook.Entry) {
	if len(e.Conflicts) == 0 {
		return
	}
	p.Heading("You edited")
	for _, c := range e.Conflicts {
		if c.Field == "" || c.Problem != "" {
			p.Prose(c.Problem)
			continue
		}
		p.Field(c.Field, c.Theirs)
		p.Field(c.Tool, c.Ours)
	}
}

// parents are what the exposure depends on, as names to follow.
func (v *View) parents(p *details.Page, e *outlook.Entry) {
	if len(e.DependsOn) == 0 {
		return
	}
	var known []lineage.ID
	var others []string
	for _, id := range e.DependsOn {
		if node, ok := v.host.Graph.ResourceIn(e.In, id); ok {
			known = append(known, node)
		} else {
			others = append(others, id)
		}
	}
	p.List("Depends on", known)
	for _, id := range others {
		p.Lines = append(p.Lines, text.Cut(text.Clean(id), p.Width))
	}
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "<" + s + ">"
}
