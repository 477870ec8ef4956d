package treeview

import (
	"strconv"
	"strings"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/text"
	"darkroom/ui/theme"
	"darkroom/ui/tree"
)

const (
	wordWidth = 12 // what a row is, and the bar
	barWidth  = 12
	// besideWidth is the width of most of it: "incremental  120 dashboards".
	besideWidth = wordWidth + 1 + 14
)

// part is a piece of what is beside a parent's name.
type part struct {
	text  string
	style theme.Style
}

// parent writes a row that is not a dashboard: its name, what it is, how many of the
// dashboards below are decided, and the views of all of them. What is beside the name
// begins where the columns begin, or further left when it needs that.
func (r *rowDrawer) parent(row Row) {
	columns, end := r.columns, r.width-1
	for len(columns) > 0 && r.Columns[columns[0].column].Name != columnViews {
		columns = columns[1:]
	}
	if len(columns) > 0 {
		end = columns[0].x - 1
	}
	lead, numbers := r.beside(row, end)
	width := widthOf(lead) + widthOf(numbers)
	start := end - width
	switch { // in line with the other rows
	case r.start < end && len(lead) == 0:
		start = min(start, min(r.start, end-besideWidth)+wordWidth+1)
	case r.start < end:
		start = min(start, r.start, end-besideWidth)
	case width > wordWidth+4: // more than numbers
		start = min(start, end-besideWidth)
	}
	nameEnd := r.used + text.Width(row.Name) + 2
	if len(lead) > 0 && len(numbers) > 0 && nameEnd > start { // the numbers stay below those of other rows
		start, width, lead = start+widthOf(lead), widthOf(numbers), nil
	}
	if width > 0 { // a longer name gets the cells that the others do not need
		start = max(start, min(nameEnd, end-width), r.used+4)
	} else {
		start = max(end, r.used+4)
	}
	r.name(row.ID, row.Item, start-1)
	r.to(start)
	for _, some := range [...][]part{lead, numbers} {
		for _, p := range some {
			r.put(p.text, p.style)
		}
	}
	for _, c := range columns {
		r.cell(c, row)
	}
}

// beside chooses what is beside a parent's name, what it is or a bar and then numbers: as
// much as leaves the name its room, or all of a shorter name.
func (r *rowDrawer) beside(row Row, end int) (lead, numbers []part) {
	t := row.Tally()
	counts := r.counts(row, t)
	word := part{text.Clean(kind(row)), r.Styles.Dim}
	forms := make([][2][]part, 0, 3)
	switch {
	case word.text != "" && counts != nil:
		forms = append(forms, [2][]part{{{text.Pad(word.text, wordWidth) + " ", word.style}}, counts}, [2][]part{nil, counts})
	case word.text != "":
		forms = append(forms, [2][]part{{word}})
	case counts != nil && t.Total() > 0:
		forms = append(forms, [2][]part{r.bar(t), counts}, [2][]part{nil, counts})
	case counts != nil:
		forms = append(forms, [2][]part{nil, counts})
	}
	if n := t.Total(); n > 0 && counts != nil {
		forms = append(forms, [2][]part{nil, {{text.Progress(t.Included+t.Excluded, n), r.Styles.Dim}}})
	}
	name := text.Width(row.Name)
	for _, least := range []int{name, min(name, leastTitle)} {
		for _, form := range forms {
			if widthOf(form[0])+widthOf(form[1]) <= end-r.used-least-2 {
				return form[0], form[1]
			}
		}
	}
	return nil, nil
}

func widthOf(parts []part) (cells int) {
	for _, p := range parts {
		cells += text.Width(p.text)
	}
	return cells
}

// bar shows how many are decided: the included ones first, in their colour.
func (r *rowDrawer) bar(t curate.Tally) []part {
	decided := text.Filled(t.Included+t.Excluded, t.Total(), barWidth)
	included := min(text.Filled(t.Included, t.Total(), barWidth), decided)
	return []part{
		{strings.Repeat(r.Glyphs.Full, included), r.Styles.Included},
		{strings.Repeat(r.Glyphs.Full, decided-included), r.Styles.Dim},
		{strings.Repeat(r.Glyphs.Bare, barWidth-decided) + " ", r.Styles.Faint},
	}
}

// counts are how many dashboards below a row are included and excluded, of all.
func (r *rowDrawer) counts(row Row, t curate.Tally) []part {
	total := t.Total()
	if n := row.facts().Count; n > 0 && total == 0 { // they are no longer there
		return []part{{shortCount(n), r.Styles.Dim}}
	}
	if total == 0 || row.unlinked() {
		return nil
	}
	if t.Included+t.Excluded == 0 {
		return []part{{shortCount(total), r.Styles.Dim}}
	}
	var parts []part
	if t.Included > 0 {
		parts = append(parts, part{strconv.Itoa(t.Included) + r.Glyphs.Tick + " ", r.Styles.Included})
	}
	if t.Excluded > 0 {
		parts = append(parts, part{strconv.Itoa(t.Excluded) + r.Glyphs.Cross + " ", r.Styles.Excluded})
	}
	return append(parts, part{"of " + strconv.Itoa(total), r.Styles.Dim})
}

func shortCount(n int) string {
	if n == 1 {
		return "1 dashboard"
	}
	return text.Short(n) + " dashboards"
}

// shownTally counts the decisions below an item that the filter shows. Each row that is
// seen is counted once for a filter and a version of the book.
func (v *View) shownTally(id tree.ID) curate.Tally {
	f := &v.filter
	if !f.opens(id) || v.outline.dashboardAbove(id) != nil {
		return v.tally(id)
	}
	if f.counted == nil {
		f.counted = map[tree.ID]*shown{}
	}
	known := f.counted[id]
	if known == nil {
		known = &shown{keys: keysOf(f.shown(v.outline, []tree.ID{id}))}
		f.counted[id] = known
	}
	if known.book != v.Book || known.version != v.Book.Version() {
		known.book, known.version, known.tally = v.Book, v.Book.Version(), curate.Tally{}
		for _, key := range known.keys {
			v.Book.Count(&known.tally, key)
		}
	}
	return known.tally
}

// shown is what a filter leaves below a row.
type shown struct {
	keys    []string
	book    *curate.Book
	version uint64
	tally   curate.Tally
}

func keysOf(lists [][]*lineage.Dashboard) (keys []string) {
	for _, list := range lists {
		for _, d := range list {
			keys = append(keys, d.Key)
		}
	}
	return keys
}

// progressInWords is for printing: "2 included, 1 excluded of 4".
func progressInWords(t curate.Tally) string {
	if t.Included+t.Excluded == 0 {
		return shortCount(t.Total())
	}
	var parts []string
	if t.Included > 0 {
		parts = append(parts, strconv.Itoa(t.Included)+" included")
	}
	if t.Excluded > 0 {
		parts = append(parts, strconv.Itoa(t.Excluded)+" excluded")
	}
	return strings.Join(parts, ", ") + " of " + strconv.Itoa(t.Total())
}
