package details

import (
	"time"

	"darkroom/model"
	"darkroom/model/curate"
)

// News says what happened to a dashboard since the last review.
func (p *Page) News(n curate.Item) {
	changed := func(label, before, after string) {
		if before != after {
			p.Styled(label, before, p.Styles.Warn)
		}
	}
	switch n.Kind {
	case curate.Appeared:
		p.Styled("inbox", "new since the last review", p.Styles.Warn)
	case curate.Gone:
		p.Styled("inbox", "gone since the last review", p.Styles.Warn)
	default:
		p.Styled("inbox", n.Kind.String()+" since the last review", p.Styles.Warn)
		changed("old title", n.Before.Title, n.After.Title)
		changed("old "+p.NounOf(n, model.PartWorkbook), n.Before.Workbook, n.After.Workbook)
		changed("old "+p.NounOf(n, model.PartContainer), n.Before.Project, n.After.Project)
	}
	if !n.First.IsZero() {
		p.Field("known since", n.First.Format(time.DateOnly))
	}
}

// NounOf is what the BI tool of a change calls a part. A dashboard that is gone has its
// site's tool.
func (p *Page) NounOf(n curate.Item, part model.Part) string {
	if d, ok := p.Graph.Dashboard(n.Key); ok {
		return d.Site.Tool.Noun(part).One
	}
	for _, s := range p.Graph.Sites {
		if s.ID() == n.Before.Site {
			return s.Tool.Noun(part).One
		}
	}
	return model.CommonNoun(model.Tools(p.Graph.Sites), part).One
}
