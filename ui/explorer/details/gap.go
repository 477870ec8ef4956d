package details

import (
	"strings"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
)

// Table describes a table without a resource: what it is, why, the way to it, and
// what can be done. The p key shows the proof.
type Table struct{ Link *lineage.Link }

// Write implements Writer.
func (t Table) Write(p *Page) {
	p.Title(t.Link.TableName())
	p.Prose(ledger.TableIs(t.Link))
	p.Blank()
	var fixes []ledger.Fact
	for _, f := range ledger.Facts(p.Graph, t.Link) {
		switch f.Label {
		case "Fix", "Decide":
			fixes = append(fixes, f)
		case "Why", "Way", "Query":
			p.Field(strings.ToLower(f.Label), f.Text)
		}
	}
	if len(fixes) > 0 {
		p.Heading("What to do")
		p.Prose(fixes[0].Text)
	}
	if fixes := ledger.Fixes(p.Graph, t.Link); len(fixes) > 0 {
		p.Heading("c does one of these")
		for _, c := range fixes {
			p.Bullet(p.Glyphs.Dot, c.String(), p.Styles.Text)
		}
	}
	p.Blank()
	p.Lines = append(p.Lines, p.Styles.Dim.Render("p shows the proof"))
}

// Gap describes something on the way that hides tables.
type Gap struct{ Row ledger.GapRow }

// Write implements Writer.
func (g Gap) Write(p *Page) {
	p.Title(g.Row.Name())
	p.Blank()
	p.Prose(g.Row.Because(p.Graph))
	p.Blank()
	p.Field("via", g.Row.Route())
	if fix := ledger.GapAdvice(g.Row.Gap); fix != "" {
		p.Heading("What to do")
		p.Prose(fix)
	}
}
