package details

import (
	"github.com/charmbracelet/x/ansi"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/text"
)

// Pane is the pane of details: which tab it shows, which part of it, and the link that
// enter follows. The tab stays when the cursor goes to another row. Make one with
// NewPane.
type Pane struct {
	host *view.Host
	tab  string // name of the tab that was chosen; another row may not have it

	top, link int // first line seen, and the link that has the focus, -1 for none
	height    int // lines seen at the last drawing, without head and tabs
	width     int
	rows      map[string]int // how much of a list is shown

	page *page // as it is until something changes
}

// page is what the pane shows of a row.
type page struct {
	view.Details
	tabs   []Tab
	active int
}

// NewPane begins with the first tab.
func NewPane(h *view.Host) *Pane { return &Pane{host: h, tab: tabs()[0].Name, link: -1} }

// Resize sets the cells there are.
func (p *Pane) Resize(width, height int) { p.width, p.height = width, height }

// Stale has the page written again: something may have changed.
func (p *Pane) Stale() { p.page = nil }

// Other begins at the top: the cursor is on another row.
func (p *Pane) Other() { p.top, p.link, p.rows, p.page = 0, -1, nil, nil }

// at is the page about what is under the cursor of a view.
func (p *Pane) at(v view.View) *page {
	if p.page != nil {
		return p.page
	}
	p.page = &page{}
	s, ok := v.At()
	if !ok {
		p.page.Details = view.Describe(v, p.width-1, p.listed)
		return p.page
	}
	for _, t := range tabs() {
		if t.Has(p.host, &s) {
			if t.Name == p.tab {
				p.page.active = len(p.page.tabs)
			}
			p.page.tabs = append(p.page.tabs, t)
		}
	}
	if write := p.page.tabs[p.page.active].write; write != nil {
		w := NewPage(p.host, p.width-1)
		w.Rows = p.listed
		write(w, &s)
		p.page.Details = w.Details
		return p.page
	}
	p.page.Details = view.Describe(v, p.width-1, p.listed)
	return p.page
}

func (p *Pane) listed(list string) int { return p.rows[list] }

// tabs are those of the row, and which of them is shown.
func (p *Pane) tabs(v view.View) (of []Tab, active int) {
	page := p.at(v)
	return page.tabs, page.active
}

// switchTab goes to the next or, with dir -1, the previous tab.
func (p *Pane) switchTab(v view.View, dir int) {
	if of, active := p.tabs(v); len(of) > 0 {
		p.show(of[(active+dir+len(of))%len(of)].Name)
	}
}

// show goes to a tab by its name.
func (p *Pane) show(tab string) {
	p.Other()
	p.tab = tab
}

// Scroll moves what is seen. The link that has the focus stays on the screen or loses it.
func (p *Pane) Scroll(v view.View, rows int) {
	page := p.at(v)
	p.top = max(0, min(p.top+rows, len(page.Lines)-page.Head-p.bodyHeight(page)))
	if p.link >= 0 && !p.seen(page, p.link) {
		p.link = -1
	}
}

// Move goes to the next link that can be seen, or scrolls towards it: up and down read a
// text that has links.
func (p *Pane) Move(v view.View, dir int) {
	page := p.at(v)
	if next := p.nextLink(page, dir); next >= 0 && p.seen(page, next) {
		p.link = next
		return
	}
	p.Scroll(v, dir)
	if next := p.nextLink(page, dir); next >= 0 && p.seen(page, next) {
		p.link = next
	}
}

// NextLink goes to the next link, wherever it is, and begins again after the last.
func (p *Pane) NextLink(v view.View, dir int) {
	page := p.at(v)
	n := len(page.Links)
	if n == 0 {
		return
	}
	next := p.nextLink(page, dir)
	if next < 0 {
		next = map[bool]int{true: 0, false: n - 1}[dir > 0]
	}
	p.link = next
	line, height := page.Links[next].Line-page.Head, p.bodyHeight(page)
	p.top = max(0, min(p.top, line), line-height+1)
}

// Focus takes the first link that is seen, when the pane gets the keys.
func (p *Pane) Focus(v view.View) {
	page := p.at(v)
	p.link = -1
	if next := p.nextLink(page, 1); next >= 0 && p.seen(page, next) {
		p.link = next
	}
}

// nextLink is the link after the focus, or the first from the top of what is seen; -1
// when there is none.
func (p *Pane) nextLink(page *page, dir int) int {
	next := p.link + dir
	switch {
	case p.link >= 0 && (next < 0 || next >= len(page.Links)):
		return -1
	case p.link >= 0:
		return next
	case dir > 0:
		for i, l := range page.Links {
			if l.Line >= p.top+page.Head {
				return i
			}
		}
	default:
		for i := len(page.Links) - 1; i >= 0; i-- {
			if page.Links[i].Line < p.top+page.Head+p.bodyHeight(page) {
				return i
			}
		}
	}
	return -1
}

func (p *Pane) seen(page *page, link int) bool {
	if link >= len(page.Links) { // the page is about another row now
		return false
	}
	line := page.Links[link].Line - page.Head
	return line >= p.top && line < p.top+p.bodyHeight(page)
}

// Follow gives the node that the link with the focus leads to, or None; the end of a
// shortened list opens more of it.
func (p *Pane) Follow(v view.View) lineage.ID {
	if !p.Marked(v) {
		return lineage.None
	}
	target := p.at(v).Links[p.link].Target
	if target.Node == lineage.None {
		p.openList(target.List)
	}
	return target.Node
}

// listStep is how many rows more a shortened list shows: all of it would be too much to
// write for each key when there are ten thousand.
const listStep = 200

func (p *Pane) openList(list string) {
	if p.rows == nil {
		p.rows = map[string]int{}
	}
	p.rows[list] = max(p.rows[list], listRows) + listStep
	p.page = nil
}

// names reports whether the page has names that can be gone to.
func (p *Pane) names(v view.View) bool { return len(p.at(v).Links) > 0 }

// Marked reports whether there is a name to follow.
func (p *Pane) Marked(v view.View) bool { return p.link >= 0 && p.link < len(p.at(v).Links) }

// Click takes the focus to the link or the tab at a cell. It reports whether a link was
// hit, which the caller follows.
func (p *Pane) Click(v view.View, x, line int) (link bool) {
	page := p.at(v)
	head, strip := p.head(page), p.strip(page)
	switch {
	case line < head:
		return false
	case strip > 0 && line == head:
		if i := tabAt(page, x, p.width); i >= 0 {
			p.show(page.tabs[i].Name)
		}
		return false
	}
	at := line - head - strip + page.Head + p.top
	for i, l := range page.Links {
		if l.Line == at && x > l.From && x <= l.To { // the pane draws a cell before each line
			p.link = i
			return true
		}
	}
	return false
}

// Draw gives the lines of the pane. focused: it has the keys.
func (p *Pane) Draw(v view.View, focused bool) []string {
	page := p.at(v)
	lines := text.NewBlock(p.height, p.width)
	for _, l := range page.Lines[:p.head(page)] {
		lines.Add(" ", l)
	}
	if strip := p.strip(page); strip > 0 {
		lines.Add(" ", p.tabLine(page))
		if strip > 1 {
			lines.Add()
		}
	}
	height := p.bodyHeight(page)
	body := page.Lines[page.Head:]
	top := max(0, min(p.top, len(body)-height))
	for i := top; i < min(top+height, len(body)); i++ {
		if focused && p.link >= 0 && p.link < len(page.Links) && page.Links[p.link].Line == i+page.Head {
			lines.Add(p.marked(" "+body[i], page.Links[p.link]))
			continue
		}
		lines.Add(" ", body[i])
	}
	return lines.Lines()
}

// marked draws the link that has the focus, with a sign before it for terminals without
// colours.
func (p *Pane) marked(line string, l view.Link) string {
	name := ansi.Strip(ansi.Cut(line, l.From+1, l.To+1))
	return ansi.Cut(line, 0, l.From) + p.host.Styles.Accent.Render(p.host.Glyphs.Cursor) +
		p.host.Styles.Cursor.Render(name) + ansi.Cut(line, l.To+1, p.width)
}

// strip is the number of lines of the tabs: none without a choice, and an empty one below
// them where there is room.
func (p *Pane) strip(page *page) int {
	switch {
	case len(page.tabs) < 2 || p.height < 4:
		return 0
	case p.height < 10:
		return 1
	}
	return 2
}

// head is the number of lines of the title that are drawn.
func (p *Pane) head(page *page) int { return min(page.Head, max(p.height/3, 1)) }

func (p *Pane) bodyHeight(page *page) int {
	return max(p.height-p.head(page)-p.strip(page), 1)
}
