package details

import "darkroom/ui/text"

// The forms of the line of tabs, each narrower than the one before.
const (
	wideTabs  = iota // with a cell around each title
	tightTabs        // with one between two
	activeTab        // only the one that is shown
)

// tabLine names the tabs; the one that is shown is in brackets.
func (p *Pane) tabLine(page *page) string {
	line, form := make([]byte, 0, 2*p.width), tabForm(page, p.width)
	for i := range page.tabs {
		label, style := tabLabel(page, i, form), p.host.Styles.Dim
		if label == "" {
			continue
		}
		if i == page.active {
			style = p.host.Styles.Accent
		}
		line = style.Append(line, text.Cut(label, p.width-1))
	}
	return string(line)
}

// tabForm is the widest form that fits.
func tabForm(page *page, width int) int {
	for form := wideTabs; form < activeTab; form++ {
		cells := 0
		for i := range page.tabs {
			cells += tabWidth(page, i, form)
		}
		if cells < width {
			return form
		}
	}
	return activeTab
}

// tabAt is the tab at a cell of their line, -1 for none.
func tabAt(page *page, x, width int) int {
	from, form := 1, tabForm(page, width) // the pane draws a cell before each line
	for i := range page.tabs {
		to := from + tabWidth(page, i, form)
		if x >= from && x < to {
			return i
		}
		from = to
	}
	return -1
}

// tabWidth is the width of a label, without making it.
func tabWidth(page *page, i, form int) int {
	cells, active := text.Width(page.tabs[i].Title), i == page.active
	switch {
	case form == activeTab && !active:
		return 0
	case form == tightTabs && i > 0:
		cells++
	}
	if active || form == wideTabs {
		cells += 2
	}
	return cells
}

func tabLabel(page *page, i, form int) string {
	title := page.tabs[i].Title
	switch active := i == page.active; {
	case form == activeTab && !active:
		return ""
	case form == tightTabs && i > 0 && active:
		return " [" + title + "]"
	case active:
		return "[" + title + "]"
	case form == tightTabs && i > 0:
		return " " + title
	case form == tightTabs:
		return title
	}
	return " " + title + " "
}
