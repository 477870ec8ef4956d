package tableview

import (
	"slices"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/view"
)

func (v *View[R]) Targets() []string {
	from, to := v.Table.Cursor(), v.Table.Cursor()
	if v.Ranging() {
		from, to = min(from, v.rangeFrom), max(to, v.rangeFrom)
	}
	return v.keys(from, to)
}

func (v *View[R]) Shown() []string { return v.keys(0, v.Table.Len()-1) }

// keys are the dashboards of some rows.
func (v *View[R]) keys(from, to int) []string {
	var below [][]*lineage.Dashboard
	for i := from; i <= to && i < v.Table.Len(); i++ {
		below = append(below, v.Subject(v.Graph, v.Table.Row(i)).Below)
	}
	return view.Keys(below...)
}

func (v *View[R]) Next() bool {
	before := v.Table.Cursor()
	v.Table.MoveBy(1)
	return v.Table.Cursor() != before
}

func (v *View[R]) OpenLinks(int) []*lineage.Link {
	s, ok := v.At()
	if !ok {
		return nil
	}
	return s.OpenLinks(v.Graph)
}

// Place implements view.Placer.
func (v *View[R]) Place() string {
	if row, ok := v.Table.Current(); ok {
		return v.Key(row)
	}
	return ""
}

// GoTo implements view.Placer.
func (v *View[R]) GoTo(place string) (found, shown bool) {
	found = slices.ContainsFunc(v.rows, func(row R) bool { return v.Key(row) == place })
	return found, v.Table.Seek(place)
}

// Ranging implements view.Ranger.
func (v *View[R]) Ranging() bool { return v.rangeFrom >= 0 }

// StartRange implements view.Ranger.
func (v *View[R]) StartRange() { v.rangeFrom = v.Table.Cursor() }

// EndRange implements view.Ranger.
func (v *View[R]) EndRange() { v.rangeFrom = -1 }

func (v *View[R]) inRange(row int) bool {
	c := v.Table.Cursor()
	return v.Ranging() && row >= min(v.rangeFrom, c) && row <= max(v.rangeFrom, c)
}
