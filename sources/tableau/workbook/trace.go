package workbook

import (
	"strings"

	"darkroom/model"
	"darkroom/sources/tableau/formula"
)

// use is what a sheet takes from one data source.
type use struct {
	source    string // its name in the workbook
	described described
	listed    bool // there is a list of fields, even an empty one
	named     bool // a field is named
	traced
}

// traced is where fields come from.
type traced struct {
	columns []leafColumn
	groups  map[int]bool // logical tables
	unclear bool         // a field's logical table is not known
	why     string       // why the columns may not be all, "" when they are
}

// leafColumn is a column of a relation; of a published data source it is a field's name.
// The relation is nil where the data source has none of its own.
type leafColumn struct {
	leaf *relation
	name string
}

// lose notes that a field leads to columns that are not known. Nothing is known of its table either
// where unclear says so.
func (t *traced) lose(field, why string, unclear bool) {
	t.unclear = t.unclear || unclear
	if t.why == "" {
		name, rest := formula.Name(field)
		if name == "" || rest != "" {
			name = field
		}
		t.why = "field " + model.QuotedName(clip(name)) + " " + why
	}
}

// maxSteps bounds how many fields are followed in one file: sheets, and calculations on
// calculations, can name the same ones over and over.
const maxSteps = 5_000_000

// tracer follows fields to columns.
type tracer struct {
	sources map[string]*source
	uses    map[string]*use // by the name of their data source
	left    *int            // steps
	todo    []step
	seen    map[step]bool
}

type step struct {
	use   *use
	field string
}

func (t *tracer) add(u *use, field string) {
	if next := (step{u, field}); !t.seen[next] {
		t.seen[next] = true
		t.todo = append(t.todo, next)
	}
}

// run follows every field that was added.
func (t *tracer) run() {
	for len(t.todo) > 0 {
		next := t.todo[len(t.todo)-1]
		t.todo = t.todo[:len(t.todo)-1]
		if *t.left--; *t.left < 0 {
			next.use.lose(next.field, "is one of more than are followed in one file", true)
			continue
		}
		t.follow(next.use, next.field)
	}
}

// follow takes one step: to a column, or to the fields that this one is made of.
func (t *tracer) follow(u *use, field string) {
	u.named = true
	src := t.sources[u.source]
	if src == nil {
		u.lose(field, "belongs to a data source that is not in the file", true)
		return
	}
	f := &src.fields
	if o, known := f.origin[field]; known {
		u.cameFrom(src, field, o)
		return
	}
	for _, d := range []*described{&u.described, &f.described} {
		if made := d.made[field]; made != nil {
			t.followAll(u, field, made)
			return
		}
		if column := d.instances[field]; column != "" && column != field {
			t.add(u, column)
			return
		}
	}
	switch object, isCount := strings.CutPrefix(field, formula.Counted); {
	case isCount: // of the rows of a logical table: it names no column
		u.addGroup(f, f.object[object])
	case !namesNoColumn(field):
		u.lose(field, "cannot be traced to a column", true)
	}
}

// namesNoColumn reports the fields that Tableau makes itself.
func namesNoColumn(field string) bool {
	switch field {
	case "[Multiple Values]", "[Latitude (generated)]", "[Longitude (generated)]", "[Geometry (generated)]":
		return true
	}
	return strings.HasPrefix(field, "[:")
}

func (t *tracer) followAll(u *use, field string, made *definition) {
	if made.why != "" {
		u.lose(field, made.why, true)
	}
	if *t.left -= len(made.fields); *t.left < 0 {
		return // the next step says so
	}
	for _, f := range made.fields {
		switch other := t.uses[f.Source]; {
		case f.Source == "Parameters":
		case f.Source == "" || f.Source == u.source:
			t.add(u, f.Name)
		case other == nil:
			u.lose(field, "is made of a field of another data source, which the sheet does not list", false)
		default:
			t.add(other, f.Name)
		}
	}
}

// cameFrom notes the column that a field is.
func (u *use) cameFrom(src *source, field string, o origin) {
	u.addGroup(&src.fields, o.relation)
	u.unclear = u.unclear || o.clash
	r, known := src.fields.relation[o.relation]
	switch {
	case o.clash, known && r == nil:
		u.lose(field, "can be more than one column", false)
	case !known && src.connection.class != classPublished:
		u.lose(field, "is of a table that is not in its data source", false)
	case o.column == "":
		u.lose(field, "has no column in the file", false)
	case r != nil && len(r.children) > 0:
		u.lose(field, "is of a union or a join of tables", false)
	default:
		u.columns = append(u.columns, leafColumn{r, o.column})
	}
}

// addGroup notes the logical table of a relation.
func (u *use) addGroup(f *fields, relation string) {
	at, known := f.group[relation]
	if !known || at < 0 {
		u.unclear = true
		return
	}
	if u.groups == nil {
		u.groups = map[int]bool{}
	}
	u.groups[at] = true
}
