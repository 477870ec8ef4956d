package explorer

import (
	"strconv"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/view/around"
	"darkroom/ui/explorer/view/dashboards"
	"darkroom/ui/explorer/view/exposures"
	"darkroom/ui/explorer/view/files"
	"darkroom/ui/explorer/view/gaps"
	"darkroom/ui/explorer/view/inbox"
	"darkroom/ui/explorer/view/models"
	"darkroom/ui/text"
)

// newView makes a view for a host.
type newView func(*view.Host) view.View

// viewList is where views are registered. Tabs and their keys follow its order;
// nothing depends on it.
func viewList() []newView {
	return []newView{models.New, dashboards.New, exposures.New, around.New, gaps.New, inbox.New, files.New}
}

// viewKey is the key of a view as it is printed; empty when it has none.
func (a *App) viewKey(v view.View) string { return a.usedKey(viewAction(v)) }

func viewAction(v view.View) string { return "view." + v.Info().Name }

// viewNumber is the usual key of a view: its number among the tabs.
func (a *App) viewNumber(v view.View) string {
	for i := range a.views {
		if a.views[i] == v {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

// homeOf is the view where something has its one place; nil where there is none.
func (a *App) homeOf(what view.Home) view.View {
	for _, v := range a.views {
		if v.Info().Home == what {
			return v
		}
	}
	return nil
}

// fit gives every view the room it has on this screen.
func (a *App) fit() {
	f := a.panes.Frame()
	for _, v := range a.views {
		if a.others.ready(v) {
			v.Resize(f.View.W, f.View.H)
		}
	}
	a.details.Stale()
	a.details.Resize(f.Details.W, f.Details.H)
	a.details.Scroll(a.view, 0)
}

// page is the number of rows a page key moves by: one less than is seen, so that
// a row is kept for the eye.
func (a *App) page() int {
	f := a.panes.Frame()
	if a.panes.InDetails {
		return max(f.Details.H-1, 1)
	}
	return max(f.View.H-1, 1)
}

// scrollOrMove moves the cursor, or the text when the details have the keys.
func (a *App) scrollOrMove(rows int) {
	switch {
	case a.panes.InDetails && (rows == 1 || rows == -1):
		a.details.Move(a.view, rows)
	case a.panes.InDetails:
		a.details.Scroll(a.view, rows)
	default:
		a.view.MoveBy(rows)
	}
}

// printer is a view that can be printed as text.
type printer interface{ Text() string }

// Print is the first view that can be printed as plain text, with every branch
// open, for pipes: the same rows and signs, no escape codes; with ascii nothing but
// ASCII.
func Print(g *lineage.Graph, book *curate.Book, ascii bool) string {
	a := New(nil, Options{ASCII: ascii})
	a.host.Book = book
	a.setGraph(a.prepare(g, a.host.Book, a.view))
	for _, v := range a.views {
		if p, ok := v.(printer); ok {
			if ascii {
				return text.ASCII(p.Text())
			}
			return p.Text()
		}
	}
	return ""
}
