package explorer

import "darkroom/ui/explorer/view"

// Arranged is how a view begins: what its rows are ordered and grouped by, and its columns.
type Arranged struct {
	By      string // "" as the view has them
	Down    bool
	Columns []string // nil is what the width allows
	Group   string   // "" as the view has them
}

// arrange gives the views what a configuration says about them.
func (a *App) arrange(of map[string]Arranged) {
	for _, v := range a.views {
		want, ok := of[v.Info().Name]
		if !ok {
			continue
		}
		if s, ok := view.As[view.Sorter](v); ok && want.By != "" {
			s.Sort(want.By, want.Down)
		}
		if c, ok := view.As[view.Columned](v); ok && want.Columns != nil {
			c.Choose(want.Columns)
		}
		if g, ok := view.As[view.Grouper](v); ok && want.Group != "" {
			g.Group(want.Group)
		}
	}
}

// Arrangeable is a view with the columns that it has and can be ordered by, and what its
// rows can be grouped by.
type Arrangeable struct {
	Name            string
	Orders, Columns []string
	Groups          []string
}

// Arrangements are what can be said of all views.
func Arrangements() []Arrangeable {
	a := New(nil, Options{})
	all := make([]Arrangeable, len(a.views))
	for i, v := range a.views {
		all[i].Name = v.Info().Name
		if s, ok := view.As[view.Sorter](v); ok {
			all[i].Orders = s.Orders()
		}
		if c, ok := view.As[view.Columned](v); ok {
			all[i].Columns = c.ColumnNames()
		}
		if g, ok := view.As[view.Grouper](v); ok {
			all[i].Groups = g.Groups()
		}
	}
	return all
}
