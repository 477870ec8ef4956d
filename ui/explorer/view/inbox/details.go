package inbox

import (
	"strings"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/explorer/details"
	"darkroom/ui/text"
)

// groupDetail describes a group of the Inbox.
type groupDetail struct {
	kind curate.ItemKind
	n    int
}

func (g groupDetail) Write(p *details.Page) {
	p.Title(newsTitle(g.kind))
	p.Blank()
	p.Prose(map[curate.ItemKind]string{
		curate.Appeared: "Dashboards that were not there at the last review. Include or exclude them, then mark them as reviewed.",
		curate.Renamed:  "The exposure keeps its name; its label changes.",
		curate.Moved:    "In another place than at the last review.",
		curate.Gone:     "No longer on their site, which was read completely. Decisions about them stay in .darkroom/decisions.yml.",
	}[g.kind])
	if g.kind == curate.Gone { // of the others the choice is counted
		p.Blank()
		p.Field("dashboards", text.Short(g.n))
	}
}

// goneDetail describes a dashboard that is no longer there.
type goneDetail struct{ item curate.Item }

func (g goneDetail) Write(p *details.Page) {
	p.Title(model.DisplayName(g.item.Before.Title))
	said, why := p.Ruling(g.item.Key)
	said = strings.Replace(said, ": becomes an exposure", "", 1)
	p.Lines = append(p.Lines, p.Styles.Dim.Render(text.Cut(said, p.Width)))
	p.Field("because", why)
	p.Blank()
	p.News(g.item)
	p.Field(p.NounOf(g.item, model.PartWorkbook), g.item.Before.Workbook)
	p.Field(p.NounOf(g.item, model.PartContainer), g.item.Before.Project)
	p.Field("site", g.item.Before.Site)
}
