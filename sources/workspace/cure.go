package workspace

import (
	"errors"
	"time"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
)

// Cure keeps a map, pin or ignore in decisions.yml, signed, and gives the graph
// that follows; undo takes it away again. What is kept without a graph, because a
// source has an error by then, is taken back.
func (w *Workspace) Cure(c ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error) {
	if err := w.Store.keepCure(c, by, at, undo); err != nil {
		return nil, err
	}
	g, err := lineage.Build(w.Graph.Projects, w.Graph.Sites, lineage.Options{Match: w.Config.Match(w.Store), InScope: w.inScope})
	if err != nil {
		return nil, errors.Join(err, w.Store.keepCure(c, by, at, !undo))
	}
	return g, nil
}

func (s *Store) keepCure(c ledger.Fix, by string, at time.Time, remove bool) error {
	when := ""
	if !at.IsZero() {
		when = at.UTC().Format(time.RFC3339)
	}
	switch {
	case c.Map != nil:
		m := Map{Tableau: c.Map.Tableau, DBT: c.Map.Dbt}
		if remove {
			return s.RemoveMap(m)
		}
		return s.AddMap(m)
	case c.Pin != nil && remove:
		return s.RemovePin(c.Pin.Table)
	case c.Pin != nil:
		return s.AddPin(Pin{Table: c.Pin.Table, Node: c.Pin.Node, By: by, At: when, Why: c.Pin.Why})
	case c.Ignore != nil && remove:
		return s.RemoveIgnore(c.Ignore.Table)
	case c.Ignore != nil:
		return s.AddIgnore(Ignore{Table: c.Ignore.Table, By: by, At: when, Why: c.Ignore.Why})
	}
	return errors.New("nothing to keep")
}
