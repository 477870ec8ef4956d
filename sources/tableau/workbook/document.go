package workbook

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
)

// document is what is kept of one file.
type document struct {
	file, base string // base is the file's name without ending
	workbook   bool   // otherwise one published data source
	location   location
	sources    []*source
	byName     map[string]*source
	sheets     []*sheet
	dashboards []*dashboard
	hidden     map[string]bool // names of dashboards
	seen       map[string]bool // names of sheets and dashboards, which are unique in Tableau
	steps      int             // that may still be taken to follow fields
}

// location is a repository-location: where the object was published last.
type location struct{ id, site, derived string }

func locationOf(e *element) location {
	return location{id: e.get("id"), site: e.get("site"), derived: derivedName(e.get("derived-from"))}
}

// name is the object's part of a URL. The id can be stale or a mere number
// (FILES.md#worksheets-and-dashboards).
func (l location) name() string { return cmp.Or(l.derived, l.id) }

// derivedName is the last part of a derived-from address.
func derivedName(s string) string {
	s, _, _ = strings.Cut(s, "?")
	s = strings.TrimRight(s, "/")
	s = s[strings.LastIndexByte(s, '/')+1:]
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// parse reads one document to its end, so that an incomplete archive is noticed.
func (l *loader) parse(p place, r io.Reader, packed int64) (*document, error) {
	s, err := l.openStream(p, r, packed)
	if err != nil {
		return nil, err
	}
	d := &document{file: p.file, base: baseName(p.file), byName: map[string]*source{}, hidden: map[string]bool{}, seen: map[string]bool{}, steps: maxSteps}
	if err := s.root(d); err != nil {
		return nil, s.fault(err)
	}
	for {
		switch _, err := s.token(); {
		case errors.Is(err, io.EOF):
			return d, nil
		case err != nil:
			return nil, s.fault(err)
		}
	}
}

// root finds the root element and reads it.
func (s *stream) root(d *document) error {
	for {
		tok, err := s.token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return &trouble{"no XML element in it", "open it in Tableau and save it again"}
			}
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		e := element{raw: start.Name.Local, featureName: splitFeature(start.Name.Local), attrs: start.Attr, flags: s.flags}
		switch e.name {
		case "workbook":
			d.workbook = true
			return s.workbook(d)
		case "datasource":
			src, err := s.source(&e)
			if err == nil {
				d.sources, d.location = []*source{src}, src.location
			}
			return err
		}
		return &trouble{"neither a workbook nor a data source: the outermost element is <" + clip(e.name) + ">", "give a .twb, .twbx, .tds or .tdsx file"}
	}
}

func (s *stream) workbook(d *document) error {
	return s.children(func(e *element) error {
		switch e.name {
		case "document-format-change-manifest":
			return s.manifest()
		case "repository-location":
			d.location = locationOf(e)
		case "datasources":
			return s.each("datasource", func(e *element) error { return s.embedded(d, e) })
		case "worksheets":
			return s.each("worksheet", func(e *element) error { return s.worksheet(d, e) })
		case "dashboards":
			return s.each("dashboard", func(e *element) error { return s.dashboard(d, e) })
		case "windows":
			return s.each("window", func(e *element) error {
				if e.get("class") == "dashboard" && e.get("hidden") == "true" {
					d.hidden[e.get("name")] = true
					return s.keep(1)
				}
				return nil
			})
		}
		return nil
	}, nil)
}

// first reports a name that no sheet and no dashboard has had.
func (d *document) first(name string) bool {
	if name == "" || d.seen[name] {
		return false
	}
	d.seen[name] = true
	return true
}

// each calls fn for the children of one name.
func (s *stream) each(name string, fn func(e *element) error) error {
	return s.children(func(e *element) error {
		if e.name != name {
			return nil
		}
		return fn(e)
	}, nil)
}

func (s *stream) manifest() error {
	const most = 10_000 // Tableau has some hundreds of features
	return s.children(func(e *element) error {
		if len(s.flags) < most {
			s.flags.note(e.raw)
		}
		return nil
	}, nil)
}

// embedded reads a data source of a workbook. Parameters are not data sources.
func (s *stream) embedded(d *document, e *element) error {
	name := e.get("name")
	if name == "Parameters" || name == "" || d.byName[name] != nil {
		return nil
	}
	src, err := s.source(e)
	if err != nil {
		return err
	}
	d.byName[name] = src
	d.sources = append(d.sources, src)
	return nil
}
