package columns

import (
	"slices"

	"darkroom/model"
	"darkroom/model/lineage"
)

// Relation is what is known of the columns of one resource.
type Relation struct {
	Columns []Known
	// Unknown are those who read it, or may, and of whose columns not all are known.
	Unknown []Unknown
	// NotFetched are sites that were synced without columns.
	NotFetched []*model.Site
	// NotLoaded is why nothing is known of who else uses them, "" where every site is loaded.
	NotLoaded string
}

// Known is a column that dbt knows or a field names.
type Known struct {
	model.Column
	Origin Origin
	Users  []User // dashboards in the graph's order, then sheets on no dashboard
	// MayBe are names that fields use and that differ from this one in letters' case only,
	// which can be another column.
	MayBe []string
}

// User is a dashboard with those of its sheets that use a column, or a sheet on none.
type User struct {
	Dashboard *lineage.Dashboard // nil for a sheet alone
	Site      *model.Site
	Sheets    []*model.Sheet
}

// Unknown is a dashboard, or a sheet on none, and why its columns are not all known, as the
// end of a sentence.
type Unknown struct {
	User
	Why string
	// Bounded: what it uses, other sheets that are known use as well, as of a story, which
	// shows sheets of its workbook.
	Bounded bool
}

// Unproven counts those who may use a column without being seen.
func (r *Relation) Unproven() (n int) {
	for i := range r.Unknown {
		if !r.Unknown[i].Bounded {
			n++
		}
	}
	return n
}

// Proven reports that whatever uses a column is seen.
func (r *Relation) Proven() bool { return r.NotLoaded == "" && len(r.NotFetched)+r.Unproven() == 0 }

// Use says what is known of the use of a column.
type Use uint8

const (
	Used Use = iota
	NotKnown
	Unused
)

// String is the word for people.
func (u Use) String() string { return [...]string{"used", "unknown", "unused"}[u] }

// Use is Unused only where nothing can use the column without being seen.
func (r *Relation) Use(c *Known) Use {
	switch {
	case len(c.Users) > 0:
		return Used
	case len(c.MayBe) > 0 || !r.Proven():
		return NotKnown
	}
	return Unused
}

// Relation is what is known of a resource; it is computed once.
func (x *Index) Relation(id lineage.ID) *Relation {
	x.mu.Lock()
	r := x.relations[id]
	x.mu.Unlock()
	if r == nil {
		r = x.relation(id)
		x.mu.Lock()
		x.relations[id] = r
		x.mu.Unlock()
	}
	return r
}

func (x *Index) relation(id lineage.ID) *Relation {
	n := x.namesOf(id)
	f := filling{x: x, id: id, names: n, r: &Relation{NotLoaded: NotLoaded(x.g)}, at: map[string]int{}}
	for _, c := range n.list {
		f.r.Columns = append(f.r.Columns, Known{Column: c.Column, Origin: c.origin})
	}
	for _, s := range x.g.Sites {
		if s.Columns == nil {
			f.r.NotFetched = append(f.r.NotFetched, s)
		}
	}
	if !x.Fetched() {
		return f.r
	}
	readers := slices.Concat(dashboardsOf(x.g, id), x.open[id])
	slices.Sort(readers)
	for _, d := range slices.Compact(readers) {
		dashboard := x.g.Node(d).Dashboard
		r := x.sites[dashboard.Site].readerOf(dashboard)
		f.add(&r)
	}
	for _, at := range x.reading[id] {
		f.add(&x.alone[at])
	}
	return f.r
}

// dashboardsOf are the dashboards that read a resource themselves.
func dashboardsOf(g *lineage.Graph, id lineage.ID) []lineage.ID {
	down := g.Downstream(id)
	first, _ := slices.BinarySearch(down, lineage.ID(g.Resources()))
	return down[first:]
}

// filling is a relation that readers are added to.
type filling struct {
	x     *Index
	id    lineage.ID
	names *names
	r     *Relation
	at    map[string]int // names that only fields have → place in r.Columns
}

func (f *filling) add(r *reader) {
	if why := f.x.whyUnknown(r, f.id); why != "" {
		f.r.Unknown = append(f.r.Unknown, Unknown{User{r.dashboard, r.site, r.sheets}, why, r.bounded && why == r.why})
	}
	tables := r.tables()
	for _, s := range r.sheets {
		for _, at := range s.Columns.At {
			c := r.site.Columns[at]
			if id, read := tables[c.TableID]; read && id == f.id {
				f.use(&f.r.Columns[f.place(c.Name)], r, s)
			}
		}
	}
}

// place finds the column that a name is; one that dbt does not know is added.
func (f *filling) place(name string) int {
	i, unsure := f.names.stored(name)
	if i >= 0 {
		return int(i)
	}
	at, known := f.at[name]
	if !known {
		at = len(f.r.Columns)
		f.at[name] = at
		f.r.Columns = append(f.r.Columns, Known{Column: model.Column{Name: name}, Origin: FromTool})
		for _, i := range unsure {
			f.r.Columns[i].MayBe = append(f.r.Columns[i].MayBe, name)
		}
	}
	return at
}

func (f *filling) use(c *Known, r *reader, s *model.Sheet) {
	last := len(c.Users) - 1
	if last < 0 || c.Users[last].Dashboard != r.dashboard || r.dashboard == nil && c.Users[last].Sheets[0] != s {
		c.Users = append(c.Users, User{Dashboard: r.dashboard, Site: r.site})
		last++
	}
	if u := &c.Users[last]; !slices.Contains(u.Sheets, s) {
		u.Sheets = append(u.Sheets, s)
	}
}
