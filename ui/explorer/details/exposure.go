package details

import (
	"strings"

	"darkroom/model/exposure/merge"
	"darkroom/model/outlook"
	"darkroom/ui/theme"
)

// Exposure is an exposure that is, or will be, in a file.
type Exposure struct {
	Entry *outlook.Entry
	About []string // titles of its dashboards, as far as they are known
}

// Write implements Writer: what an export does with it, what would change, and its YAML.
func (x Exposure) Write(p *Page) {
	e := x.Entry
	p.Title(e.Name)
	sign, style := p.PlanSign(e.State)
	p.Bullet(style.Render(sign), e.Says(), style)
	p.Blank()
	p.Field("label", e.Label)
	p.Field("project", e.Project)
	p.Field("file", e.Place())
	if e.Unparsed {
		p.Field("dbt", "has not parsed it yet")
	}
	if e.Disabled {
		p.Field("enabled", "false")
	}
	p.about(x)
	p.changes(e)
	p.text(e)
}

// about names the dashboards of an exposure.
func (p *Page) about(x Exposure) {
	label := "dashboard"
	for _, title := range x.About {
		p.Field(label, title)
		label = ""
	}
	if x.Entry.State == outlook.Manual && len(x.About) > 0 {
		p.Field("adopt", "A lets darkroom keep it up to date; what you wrote stays")
	}
}

// changes are the values that an export changes, and those that stay although they differ.
func (p *Page) changes(e *outlook.Entry) {
	var fields []merge.FieldChange
	for _, f := range e.Fields {
		if f.From != f.To {
			fields = append(fields, f)
		}
	}
	if len(fields) > 0 {
		p.Heading("What changes; d shows the lines")
	}
	for _, f := range fields {
		p.Field(strings.TrimPrefix(f.Field, "config."), orNothing(f.From)+" → "+orNothing(f.To))
	}
	if len(e.Conflicts) > 0 {
		p.Heading("You edited it")
	}
	for _, c := range e.Conflicts {
		field := strings.TrimPrefix(c.Field, "config.")
		p.Field(field, orNothing(c.Theirs))
		p.Styled("", c.Tool+" has "+orNothing(c.Ours), p.Styles.Warn)
	}
}

func orNothing(s string) string {
	if strings.TrimSpace(s) == "" {
		return "(nothing)"
	}
	return s
}

// text is the YAML: as it is in the file where nothing changes, otherwise as it would be.
func (p *Page) text(e *outlook.Entry) {
	if e.YAML == "" {
		return
	}
	switch e.State {
	case outlook.New, outlook.Changed:
		p.Heading("YAML as it would be")
	case outlook.Removed:
		p.Heading("YAML that would go")
	default:
		p.Heading("YAML")
	}
	p.Source(e.YAML, theme.Style{})
}
