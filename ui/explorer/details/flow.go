package details

import (
	"fmt"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
	"darkroom/ui/theme"
)

// Word is a part of a line that is not broken. With a target it can be followed.
type Word struct {
	Before string // between it and the word before it; drawn where a line begins with it, too
	Text   string
	Style  theme.Style
	Target *view.Target
}

// Flow adds words one after the other; lines that follow are indented by two cells more.
func (p *Page) Flow(words ...Word) { p.flow(0, words) }

func (p *Page) flow(indent int, words []Word) {
	line, used := text.Spaces(indent), indent
	for i, w := range words {
		w.Text = text.Cut(text.Clean(w.Text), p.Width-indent-2-text.Width(w.Before))
		if i > 0 && used+text.Width(w.Before)+text.Width(w.Text) > p.Width {
			p.Lines = append(p.Lines, line)
			line, used = text.Spaces(indent+2), indent+2
		}
		line += p.Styles.Dim.Render(w.Before) + w.Style.Render(w.Text)
		from := used + text.Width(w.Before)
		used = from + text.Width(w.Text)
		if w.Target != nil {
			p.Links = append(p.Links, view.Link{Line: len(p.Lines), From: from, To: used, Target: *w.Target})
		}
	}
	p.Lines = append(p.Lines, line)
}

// name is a resource or dashboard as a word that can be followed.
func (p *Page) name(id lineage.ID) Word {
	n := p.Graph.Node(id)
	target := &view.Target{Node: id}
	if n.Dashboard != nil {
		return Word{Text: n.Dashboard.Title(), Style: p.Styles.Dashboard, Target: target}
	}
	return Word{Text: n.Resource.FullName(), Style: p.Styles.Model, Target: target}
}

// Chain adds nodes from upstream to downstream, each a link, but for this one, which is
// the last of the way. Another node that stands out is in brackets. Of a long way the middle
// is counted, which opens it.
func (p *Page) Chain(nodes []lineage.ID, this, marked lineage.ID) {
	p.flow(0, p.chain(nodes, this, marked))
}

func (p *Page) chain(nodes []lineage.ID, this, marked lineage.ID) []Word {
	if len(nodes) == 0 {
		return nil
	}
	var words []Word
	list := fmt.Sprint("way to ", nodes[len(nodes)-1])
	most := p.Most(list, len(nodes), chainNodes)
	hidden := func(i int) bool {
		return i >= most-chainNodes/2 && i < len(nodes)-chainNodes/2 && nodes[i] != marked && most < len(nodes)
	}
	for i, id := range nodes {
		w := p.name(id)
		switch {
		case hidden(i) && i > 0 && hidden(i-1):
			continue
		case hidden(i):
			n := 1
			for hidden(i + n) {
				n++
			}
			w = Word{Text: "… " + text.Short(n) + " more", Style: p.Styles.Dim, Target: &view.Target{Node: lineage.None, List: list}}
		case id == this:
			w = Word{Text: p.Glyphs.Here + " this", Style: p.Styles.Title}
		case id == marked:
			w.Text = "[" + w.Text + "]"
		}
		if i > 0 {
			w.Before = " " + p.Glyphs.RuleAcross + " "
		}
		words = append(words, w)
	}
	return words
}

// listRows is the number of rows of a list that are shown at first, chainNodes that of the
// nodes of a way: half of them at each end.
const listRows, chainNodes = 12, 12

// List adds the names of nodes below a heading, dashboards with their checkbox. It is
// shortened, and its end opens more of it.
func (p *Page) List(heading string, ids []lineage.ID) {
	if len(ids) == 0 {
		return
	}
	p.Heading(heading + " " + text.Short(len(ids)))
	most := p.Most(heading, len(ids), listRows)
	defer p.More(heading, len(ids)-most)
	for _, id := range ids[:most] {
		w := p.name(id)
		if d := p.Graph.Node(id).Dashboard; d != nil {
			sign, style := p.CheckboxSign(p.Decision(d))
			w.Before = " "
			w.Text = text.Cut(text.Clean(w.Text), p.Width-text.Width(sign)-1) // on one line with its box
			p.Flow(Word{Text: sign, Style: style}, w)
			continue
		}
		p.Flow(w)
	}
}

// Most is how many of a list are written: so many at first, and more once it was opened.
func (p *Page) Most(list string, of, first int) int {
	first = p.shownOf(list, first)
	if of == first+1 { // the line that opens it takes as much room
		first++
	}
	return min(of, first)
}

// shownOf is how many rows of a list are shown.
func (p *Page) shownOf(list string, atFirst int) int {
	if p.Rows == nil {
		return atFirst
	}
	return max(atFirst, p.Rows(list))
}

// More is the line that opens the rest of a list, if there is one.
func (p *Page) More(list string, rest int) { p.more(0, list, rest) }

// moreIn is More in a field.
func (p *Page) moreIn(list string, rest int) { p.more(min(labelWidth, p.Width/3), list, rest) }

func (p *Page) more(indent int, list string, rest int) {
	if rest <= 0 {
		return
	}
	p.flow(indent, []Word{{Text: "… " + text.Short(rest) + " more", Style: p.Styles.Dim, Target: &view.Target{Node: lineage.None, List: list}}})
}
