package details

import (
	"fmt"
	"strings"

	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// export says what an export does with a dashboard.
func (p *Page) export(d *lineage.Dashboard) {
	plan := p.Outlook.Of(d.Key)
	if plan.State == outlook.Refused {
		p.Styled("export", "refused: "+plan.Why, p.Styles.Warn)
		p.Field("fix", plan.Fix)
	}
	for _, e := range plan.Entries {
		if e.State == outlook.Refused && plan.State == outlook.Refused {
			continue
		}
		says, style := p.entrySays(e)
		p.Styled("export", says, style)
		for _, c := range e.Conflicts {
			p.Styled("you edited", c.Field, p.Styles.Warn)
		}
	}
}

// entrySays is what an export does with one entry.
func (p *Page) entrySays(e *outlook.Entry) (says string, style theme.Style) {
	switch e.State {
	case outlook.Written:
		return "written as " + e.Name + " in " + place(e), p.Styles.Good
	case outlook.New:
		return "will be added to " + e.Path + " as " + e.Name, p.Styles.Good
	case outlook.Changed:
		return "will change " + e.Name + " in " + place(e), p.Styles.Warn
	case outlook.Removed:
		return "will be taken out of " + place(e), p.Styles.Warn
	case outlook.Refused:
		return "refused: " + e.Why, p.Styles.Warn
	case outlook.Manual:
		return "already " + e.Name + " in " + place(e) + ", written by hand", p.Styles.Warn
	case outlook.Gone:
		return e.Name + " in " + place(e) + " has no dashboard any more", p.Styles.Warn
	case outlook.Yours:
		return e.Name + " in " + place(e) + " stays as you edited it", p.Styles.Warn
	}
	return "", theme.Style{}
}

// place is the file of an entry, and its line where that is known.
func place(e *outlook.Entry) string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d", e.Path, e.Line)
	}
	return e.Path
}

// YAML shows the text of a dashboard's entries as an export writes them.
func (p *Page) YAML(s *view.Subject) {
	d := s.Dashboard(p.Graph)
	p.Title(d.Title())
	plan := p.Outlook.Of(d.Key)
	if len(plan.Entries) == 0 && plan.State == outlook.None {
		p.Prose("Nothing is written for it: it is not included.")
		return
	}
	p.export(d)
	for _, e := range plan.Entries {
		if e.YAML == "" {
			continue
		}
		p.Blank()
		p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(text.Clean(place(e)), p.Width)))
		for _, line := range text.CleanLines(strings.TrimRight(e.YAML, "\n")) {
			p.Lines = append(p.Lines, text.Wrap(line, p.Width)...)
		}
	}
}
