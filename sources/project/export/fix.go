package export

import (
	"context"
	"errors"
	"time"

	"darkroom/model/ledger"
	"darkroom/model/lineage"
	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/project/workspace"
)

// KeepFix keeps a map, pin or ignore in decisions.yml, signed, and gives the graph
// that follows; undo takes it away again. What is kept without a graph, because a
// source has an error by then, is taken back; it stays when ctx ends.
func KeepFix(ctx context.Context, w *workspace.Workspace, fix ledger.Fix, by string, at time.Time, undo bool) (*lineage.Graph, error) {
	if err := keepFix(w.Store, fix, by, at, undo); err != nil {
		return nil, err
	}
	g, err := w.Rebuild(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, err
	case err != nil:
		return nil, errors.Join(err, keepFix(w.Store, fix, by, at, !undo))
	}
	return g, nil
}

func keepFix(s *decisions.Store, fix ledger.Fix, by string, at time.Time, remove bool) error {
	when := ""
	if !at.IsZero() {
		when = at.UTC().Format(time.RFC3339)
	}
	switch {
	case fix.Map != nil:
		m := config.Map{BI: fix.Map.BI, DBT: fix.Map.Dbt}
		if remove {
			return s.RemoveMap(m)
		}
		return s.AddMap(m)
	case fix.Pin != nil && remove:
		return s.RemovePin(fix.Pin.Table)
	case fix.Pin != nil:
		return s.AddPin(config.Pin{Table: fix.Pin.Table, Node: fix.Pin.Node, By: by, At: when, Why: fix.Pin.Why})
	case fix.Ignore != nil && remove:
		return s.RemoveIgnore(fix.Ignore.Table)
	case fix.Ignore != nil:
		return s.AddIgnore(config.Ignore{Table: fix.Ignore.Table, By: by, At: when, Why: fix.Ignore.Why})
	}
	return errors.New("nothing to keep")
}
