package workbook

import (
	"errors"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/formula"
)

// sheet is a worksheet.
type sheet struct {
	name      string
	uses      []*use // in file order
	byName    map[string]*use
	mentioned []formula.Field // fields that shelves, filters and marks name
	tooltips  []string        // sheets shown in its tooltips
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
	err := s.sheetPart(w, "")
	w.trace(d)
	return err
}

// sheetPart looks for views, tooltips and fields anywhere in a worksheet.
func (s *stream) sheetPart(w *sheet, in string) error {
	return s.children(func(e *element) error {
		switch e.name {
		case "view":
			return s.view(w)
		case "run":
			text, err := s.inner()
			w.tooltip(text)
			return err
		case "rows", "cols":
			text, err := s.inner()
			return errors.Join(err, s.mentions(w, text))
		}
		if in == "encodings" {
			if err := s.mentions(w, e.get("column")); err != nil {
				return err
			}
		}
		return s.sheetPart(w, e.name)
	}, nil)
}

func (s *stream) view(w *sheet) error {
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
			u.listed = true
			return s.children(func(e *element) error {
				switch e.name {
				case "column", "column-instance", "group":
					return s.field(&u.described, e)
				}
				return nil
			}, nil)
		case "filter":
			return s.mentions(w, e.get("column"))
		case "slices":
			return s.each("column", func(*element) error {
				text, err := s.inner()
				return errors.Join(err, s.mentions(w, text))
			})
		}
		return nil
	}, nil)
}

// mentions takes in the fields that a shelf, a filter or a mark names. The lists of
// dependencies should have them; one that they lack must not count as unused.
func (s *stream) mentions(w *sheet, text string) error {
	found := formula.Read(text).Fields
	w.mentioned = append(w.mentioned, found...)
	return s.keep(len(found))
}

// trace follows the fields of a sheet and forgets them.
func (w *sheet) trace(d *document) {
	t := &tracer{sources: d.byName, uses: w.byName, left: &d.steps, seen: map[step]bool{}}
	for _, u := range w.uses {
		for _, name := range u.described.names {
			t.add(u, name)
		}
	}
	for _, f := range w.mentioned {
		if u := w.byName[f.Source]; u != nil {
			t.add(u, f.Name)
		}
	}
	t.run()
	for _, u := range w.uses {
		u.described = described{}
	}
	w.mentioned = nil
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
