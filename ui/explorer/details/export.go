package details

import (
	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// export says what an export does with a dashboard.
func (p *Page) export(d *lineage.Dashboard) {
	does := p.Outlook.Of(d.Key)
	sign, style := p.PlanSign(does.State)
	if says := does.Says(view.AdoptsIt); says != "" {
		p.Styled("export", sign+" "+says, style)
	}
}

// yaml shows the text of a dashboard's entries as an export writes them.
func (p *Page) yaml(s *view.Subject) {
	d := s.Dashboard(p.Graph)
	p.Title(d.Title())
	plan := p.Outlook.Of(d.Key)
	if len(plan.Entries) == 0 && plan.State == outlook.None {
		p.Prose(map[curate.Decision]string{
			curate.Undecided: "There is no YAML for it: it is not included. Once it is, what an export writes is shown here.",
			curate.Excluded:  "There is no YAML for it: it is excluded. If it is included, what an export writes is shown here.",
			curate.Included:  "There is no YAML for it yet: what an export writes is being worked out.",
		}[p.Book.Effective(d.Key)])
		return
	}
	p.export(d)
	for _, e := range plan.Entries {
		if e.YAML == "" {
			continue
		}
		p.Blank()
		p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(text.Clean(e.Place()), p.Width)))
		p.Source(e.YAML, theme.Style{})
	}
}
