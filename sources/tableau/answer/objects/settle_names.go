package objects

import (
	"maps"
	"slices"
	"strings"

	"darkroom/sources/tableau/answer/schema"
)

// path is what a dashboard's address has for it.
func (s *settling) path(_ schema.Kind, at int32) name {
	return name{Nowhere, strings.Trim(strings.Replace(s.all.Dashboards.At(at).Path, "/sheets/", "/", 1), "/")}
}

// nameInWorkbook names an object within its workbook. What is in no known workbook is
// only itself.
func (s *settling) nameInWorkbook(k schema.Kind, at int32) name {
	workbook, text := s.all.member(k, at)
	if k == schema.Datasource && s.all.index[k].head(at).Variant == schema.Published {
		return name{}
	}
	switch {
	case *workbook >= 0:
		return name{s.find(schema.Workbook, *workbook), text}
	case s.all.index[k].head(at).inWorkbook:
		return name{Nowhere, text}
	}
	return name{}
}

// member is what an object in a workbook is known by.
func (all *Objects) member(k schema.Kind, at int32) (workbook *int32, name string) {
	switch k {
	case schema.Dashboard:
		d := all.Dashboards.At(at)
		return &d.workbook, d.Name
	case schema.Sheet:
		s := all.Sheets.At(at)
		return &s.workbook, s.Name
	}
	d := all.Datasources.At(at)
	return &d.Workbook, d.Name
}

// joinWorkbooks joins those that are known by name only with the one that has the name:
// in the same project, or the only one there is.
func (s *settling) joinWorkbooks() {
	k := schema.Workbook
	s.joinByName(k, func(_ schema.Kind, at int32) name {
		w := s.all.Workbooks.At(at)
		if w.Name == "" || w.ContainerName == "" {
			return name{}
		}
		return name{Nowhere, w.ContainerName + "\x00" + w.Name}
	}, true)
	ids, luids := s.identified(k)
	if !s.anyBare(k, ids, luids) {
		return
	}
	groups := map[string]*namesakes{}
	for i, w := range s.all.Workbooks.All() {
		root := s.find(k, i)
		if w.Name == "" {
			continue
		}
		g := groups[w.Name]
		if g == nil {
			g = &namesakes{map[int32]bool{}, map[int32]bool{}, map[int32]bool{}}
			groups[w.Name] = g
		}
		g.all[root] = true
		if w.ContainerName != "" || w.ContainerLUID != "" {
			g.placed[root] = true
		}
		if !ids[root] && !luids[root] {
			g.bare[root] = true
		}
	}
	for _, g := range groups {
		if g.areOne() {
			s.joinAll(k, slices.Collect(maps.Keys(g.all)))
		}
	}
}

// anyBare reports an object without any id.
func (s *settling) anyBare(k schema.Kind, ids, luids []bool) bool {
	for at := range s.parent[k] {
		if root := s.find(k, int32(at)); !ids[root] && !luids[root] {
			return true
		}
	}
	return false
}

// namesakes are the workbooks of one name: all, those whose project is known, and
// those without an id.
type namesakes struct{ placed, bare, all map[int32]bool }

// areOne reports whether they can only be one workbook: at most one of them has a
// project or an id, or one has the id and another the project.
func (g *namesakes) areOne() bool {
	others, known := 0, 0 // those that are not without project and without id
	for root := range g.all {
		if g.placed[root] || !g.bare[root] {
			others++
		}
		if !g.bare[root] {
			known++
		}
	}
	return others <= 1 || others == 2 && known == 1 && len(g.placed) == 1
}

// findWorkbooks gives a workbook to what has none: the one of the objects that contain it
// or that it contains, when they all agree.
func (s *settling) findWorkbooks() {
	var found [schema.KindCount]map[int32]int32 // by the first of those that are one; Nowhere: they do not agree
	for _, k := range inWorkbooks() {
		found[k] = map[int32]int32{}
	}
	near := func(a schema.Kind, at int32, b schema.Kind, to int32) { s.noteWorkbook(found[b], a, at, b, to) }
	for i, d := range s.all.Dashboards.All() {
		for _, sheet := range d.Sheets {
			near(schema.Dashboard, i, schema.Sheet, sheet)
			near(schema.Sheet, sheet, schema.Dashboard, i)
		}
	}
	for _, k := range inWorkbooks() {
		for at, h := range s.all.Heads(k) {
			if !h.inWorkbook {
				continue
			}
			if from := h.metUnder(); from.Kind == schema.Sheet || from.Kind == schema.Dashboard {
				near(from.Kind, from.At, k, at)
			}
		}
	}
	for _, k := range inWorkbooks() {
		for root, w := range found[k] {
			if workbook, _ := s.all.member(k, root); w >= 0 {
				*workbook, s.changed = w, true
			}
		}
		s.shareWorkbooks(k)
	}
}

// noteWorkbook notes the workbook of one object for another one that it contains or
// that contains it.
func (s *settling) noteWorkbook(found map[int32]int32, a schema.Kind, at int32, b schema.Kind, to int32) {
	if b == schema.Datasource && s.all.index[b].head(to).Variant == schema.Published {
		return
	}
	workbook, _ := s.all.member(a, at)
	root := s.find(b, to)
	if own, _ := s.all.member(b, root); *workbook < 0 || *own >= 0 {
		return
	}
	w := s.find(schema.Workbook, *workbook)
	if other, ok := found[root]; ok && other != w {
		w = Nowhere
	}
	found[root] = w
}

// shareWorkbooks lets all that are one have the workbook that one of them has.
func (s *settling) shareWorkbooks(k schema.Kind) {
	if !s.joined[k] {
		return
	}
	for range 2 { // to the first, then from the first
		for i := range s.parent[k] {
			root, _ := s.all.member(k, s.find(k, int32(i)))
			own, _ := s.all.member(k, int32(i))
			if *root < 0 {
				*root = *own
			}
			if *own < 0 {
				*own = *root
			}
		}
	}
}
