package workbook

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"darkroom/model"
)

// sheet is a worksheet.
type sheet struct {
	name     string
	uses     []*use // in file order
	byName   map[string]*use
	tooltips []string // sheets shown in its tooltips
}

// use is what a sheet takes from one data source.
type use struct {
	source  string // its name in the workbook
	groups  map[int]bool
	listed  bool // fields were listed
	unclear bool // a field's table is not known
}

// dashboard is a dashboard or a story.
type dashboard struct {
	name, view string   // view is its part of a URL
	shows      []string // worksheets of its zones
	points     []string // a story's sheets and dashboards
}

// worksheet reads a <worksheet>.
func (s *stream) worksheet(d *document, e *element) error {
	w := &sheet{name: e.get("name"), byName: map[string]*use{}}
	if !d.first(w.name) {
		return nil
	}
	d.sheets = append(d.sheets, w)
	if err := s.keep(1); err != nil {
		return err
	}
	return s.sheetPart(d, w)
}

// sheetPart looks for views and tooltips anywhere in a worksheet.
func (s *stream) sheetPart(d *document, w *sheet) error {
	return s.children(func(e *element) error {
		switch e.name {
		case "view":
			return s.view(d, w)
		case "run":
			text, err := s.inner()
			w.tooltip(text)
			return err
		}
		return s.sheetPart(d, w)
	}, nil)
}

func (s *stream) view(d *document, w *sheet) error {
	return s.children(func(e *element) error {
		switch e.name {
		case "datasources":
			return s.each("datasource", func(e *element) error {
				w.use(e.get("name"))
				return s.keep(1)
			})
		case "datasource-dependencies":
			u := w.use(e.get("datasource"))
			if u == nil {
				return nil
			}
			return s.dependencies(d.byName[u.source], u)
		}
		return nil
	}, nil)
}

// use finds or makes the entry of a data source; parameters have none.
func (w *sheet) use(name string) *use {
	if name == "" || name == "Parameters" {
		return nil
	}
	u := w.byName[name]
	if u == nil {
		u = &use{source: name}
		w.byName[name] = u
		w.uses = append(w.uses, u)
	}
	return u
}

// tooltip notes a sheet that a tooltip shows: the text has a tag <Sheet name="…"
// (model/walk/RULES.md#p14-hidden-and-tooltip-sheets).
func (w *sheet) tooltip(text string) {
	const most = 100
	for range most {
		_, rest, ok := strings.Cut(text, `<Sheet name="`)
		if !ok {
			return
		}
		name, rest, ok := strings.Cut(rest, `"`)
		if !ok {
			return
		}
		if len(w.tooltips) < most && !slices.Contains(w.tooltips, name) {
			w.tooltips = append(w.tooltips, name)
		}
		text = rest
	}
}

// dependencies reads the fields a sheet takes from src. Tableau lists those that
// calculations need as well.
func (s *stream) dependencies(src *source, u *use) error {
	if src == nil || len(src.groups) < 2 {
		return nil
	}
	u.listed = true
	if u.groups == nil {
		u.groups = map[int]bool{}
	}
	var columns []column
	local := map[string]bool{}
	err := s.each("column", func(e *element) error {
		c := column{name: e.get("name")}
		local[c.name] = true
		err := s.each("calculation", func(e *element) error {
			c.calculated, c.formula = true, cmp.Or(e.get("formula"), e.get("column"))
			return nil
		})
		columns = append(columns, c)
		return errors.Join(err, s.keep(1))
	})
	for _, c := range columns {
		src.fields.use(u, c, local)
	}
	return err
}

type column struct {
	name, formula string
	calculated    bool
}

// use notes the groups behind one field.
func (f *fields) use(u *use, c column, local map[string]bool) {
	switch at := f.groupOf(c.name); {
	case at >= 0:
		u.groups[at] = true
	case c.calculated:
		f.formula(u, c.formula, local)
	case strings.HasPrefix(c.name, "[:") || c.name == "[Multiple Values]":
	default:
		u.unclear = true
	}
}

// formula notes the groups behind the fields that a calculation names. One that
// is neither known nor listed itself makes the use unclear.
func (f *fields) formula(u *use, text string, local map[string]bool) {
	for {
		open := strings.IndexByte(text, '[')
		if open < 0 {
			return
		}
		name, rest := bracketed(text[open+1:])
		if rest == "" && name == "" {
			return
		}
		whole := text[open : len(text)-len(rest)]
		text = rest
		if strings.HasPrefix(rest, ".[") {
			if _, after := bracketed(rest[2:]); name != "__tableau_internal_object_id__" {
				text = after // [Parameters].[x], or a field of a blended source
				continue
			} else {
				whole += rest[:len(rest)-len(after)]
				text = after
			}
		}
		if at := f.groupOf(whole); at >= 0 {
			u.groups[at] = true
		} else if !local[whole] {
			u.unclear = true
		}
	}
}

// dashboard reads a <dashboard>, with its layouts for devices.
func (s *stream) dashboard(d *document, e *element) error {
	b := &dashboard{name: e.get("name")}
	if !d.first(b.name) {
		return nil
	}
	d.dashboards = append(d.dashboards, b)
	if err := s.keep(1); err != nil {
		return err
	}
	err := s.zones(b)
	b.shows, b.points = model.Distinct(b.shows), model.Distinct(b.points)
	return err
}

func (s *stream) zones(b *dashboard) error {
	return s.children(func(e *element) error {
		before := len(b.shows) + len(b.points)
		switch name := e.get("name"); e.name {
		case "repository-location":
			if b.view == "" {
				b.view = locationOf(e).name()
			}
		case "zone":
			// Filters and legends carry a sheet's name too (FILES.md#worksheets-and-dashboards).
			if name != "" && e.get("type") == "" && e.get("type-v2") == "" {
				b.shows = append(b.shows, name)
			}
		case "story-point":
			if to := e.get("captured-sheet"); to != "" {
				b.points = append(b.points, to)
			}
		}
		if err := s.keep(len(b.shows) + len(b.points) - before); err != nil {
			return err
		}
		return s.zones(b)
	}, nil)
}
