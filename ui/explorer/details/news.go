package details

import (
	"time"

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
		changed("old workbook", n.Before.Workbook, n.After.Workbook)
		changed("old project", n.Before.Project, n.After.Project)
	}
	if !n.First.IsZero() {
		p.Field("known since", n.First.Format(time.DateOnly))
	}
}
