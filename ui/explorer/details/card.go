package details

import (
	"strings"

	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/text"
)

// Card is what has to be known of a dashboard to decide about it: where it is, whose it is,
// how often it is viewed, and what it reads. Forecast says what an export would do if it
// were included; nil while that is not known.
func (p *Page) Card(d *lineage.Dashboard, forecast *outlook.Outlook) {
	p.Title(d.Title())
	said, why := p.Ruling(d.Key)
	p.Lines = append(p.Lines, p.Checkbox(p.Decision(d))+" "+p.Styles.Dim.Render(text.Cut(said, p.Width-4)))
	p.Field("because", why)
	if forecast == nil {
		p.Field("export", "asking what it would write…")
	} else {
		p.foreseen(d, forecast)
	}
	p.Blank()
	if n, ok := p.Inbox.ByKey[d.Key]; ok {
		p.News(n)
	}
	place := model.DisplayPath(d.ContainerPath)
	if tool := d.Site.Tool; tool.HasWorkbooks() {
		p.Field(tool.Noun(model.PartWorkbook).One, d.WorkbookTitle())
	}
	p.Field(d.Site.Tool.Noun(model.PartContainer).One, strings.Join(place, " / "))
	p.Field("owner", ownerText(d.Owner()))
	p.viewsAndAge(d)
	p.tables(d)
	p.health(d.ID)
	for _, e := range forecast.Of(d.Key).Entries {
		if e.YAML == "" {
			continue
		}
		p.Blank()
		p.Source(e.YAML, p.Styles.Dim)
	}
}

// foreseen is what an export would do.
func (p *Page) foreseen(d *lineage.Dashboard, forecast *outlook.Outlook) {
	h := *p.Host
	h.Outlook = forecast
	now := p.Host
	p.Host = &h
	p.export(d)
	p.Host = now
}

// tables names what a dashboard reads, and how far that is known.
func (p *Page) tables(d *lineage.Dashboard) {
	p.readsInShort(d)
	var names []string
	for i := range d.Links {
		if l := &d.Links[i]; l.Resource != lineage.None {
			names = append(names, p.Graph.Node(l.Resource).Resource.VersionedName())
		}
	}
	p.Field("models", strings.Join(names, ", "))
}
