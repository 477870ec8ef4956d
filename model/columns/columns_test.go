package columns_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/model"
	"darkroom/model/columns"
	"darkroom/model/growth"
	"darkroom/model/lineage"
	"darkroom/model/lineage/lineagetest"
	"darkroom/model/modeltest"
)

// randomSite has sheets on none, one or several dashboards, with fields of the tables that
// they read: linked ones, one that is linked to nothing, and custom SQL.
func randomSite(random *rand.Rand) *model.Site {
	s := lineagetest.Tower("fct", "dim", "rpt", "elsewhere")
	s.Dashboards = nil
	s.Tables = append(s.Tables, model.Table{ID: "q", Kind: model.CustomSQLTable, Name: "Query", Extra: &model.TableExtra{Query: "select total from marts.fct", DatasourceIDs: []string{"eq"}}, Place: &model.Place{ConnectionType: "postgres", Database: "shop"}})
	s.Datasources = append(s.Datasources, model.Datasource{ID: "eq", Name: "Query", WorkbookID: "w", TableIDs: []string{"q"}})
	for _, t := range s.Tables {
		for n := range 6 {
			s.Columns = append(s.Columns, model.TableColumn{TableID: t.ID, Name: fmt.Sprint("column_", n)})
		}
	}
	s.Sheets = nil
	for i := range 1 + random.IntN(9) {
		x := model.Sheet{ID: fmt.Sprint("s", i), Name: fmt.Sprint("Sheet ", i), WorkbookID: "w"}
		x.Columns.Known = random.IntN(6) > 0
		for at, d := range s.Datasources {
			if random.IntN(3) > 0 {
				continue
			}
			x.DatasourceIDs = append(x.DatasourceIDs, d.ID)
			for n := range 6 {
				if random.IntN(2) == 0 {
					x.Columns.At = append(x.Columns.At, int32(6*at+n))
				}
			}
		}
		s.Sheets = append(s.Sheets, x)
	}
	for i := range random.IntN(6) {
		d := model.Dashboard{ID: fmt.Sprint("d", i), LUID: fmt.Sprint("luid-", i), Name: fmt.Sprint("Dashboard ", i), WorkbookID: "w"}
		for _, x := range s.Sheets {
			if random.IntN(3) == 0 {
				d.SheetIDs = append(d.SheetIDs, x.ID)
			}
		}
		s.Dashboards = append(s.Dashboards, d)
	}
	return s
}

func shop() *model.Project {
	p := lineagetest.Shop()
	p.Catalog = map[string][]*model.Column{"model.shop.fct": {{Name: "column_1", Type: "int"}, {Name: "column_0"}, {Name: "never"}}}
	for i := range p.Resources {
		if p.Resources[i].Name == "dim" {
			modeltest.Extra(&p.Resources[i]).Columns = []*model.Column{{Name: "COLUMN_2", Type: "text"}, {Name: "never"}}
		}
	}
	return p
}

func graph(t testing.TB, p *model.Project, sites ...*model.Site) *lineage.Graph {
	t.Helper()
	g, err := lineage.Build(t.Context(), []*model.Project{p}, sites, lineage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// oracle says in the plainest way who uses a column of a relation, and of whom that is
// unknown: every field of every sheet is looked at.
func oracle(s *model.Site, table, column string) (users, unknown []string) {
	sheet := map[string]*model.Sheet{}
	onNone := map[string]bool{}
	for i := range s.Sheets {
		sheet[s.Sheets[i].ID], onNone[s.Sheets[i].ID] = &s.Sheets[i], true
	}
	look := func(who string, sheets []*model.Sheet) {
		uses, unsure, reads := false, len(sheets) == 0, false
		for _, x := range sheets {
			unsure = unsure || !x.Columns.Known
			for _, d := range x.DatasourceIDs {
				reads = reads || d == table || d == "eq" && table == "e0"
				unsure = unsure || d == "eq" && table == "e0"
			}
			for _, at := range x.Columns.At {
				c := s.Columns[at]
				uses = uses || "e"+c.TableID[1:] == table && strings.EqualFold(c.Name, column)
			}
		}
		if uses {
			users = append(users, who)
		}
		if reads && unsure {
			unknown = append(unknown, who)
		}
	}
	for _, d := range s.Dashboards {
		var sheets []*model.Sheet
		for _, id := range d.SheetIDs {
			sheets = append(sheets, sheet[id])
			onNone[id] = false
		}
		look(d.Name, sheets)
	}
	for _, id := range slices.Sorted(maps.Keys(onNone)) {
		if onNone[id] {
			look(sheet[id].Name, []*model.Sheet{sheet[id]})
		}
	}
	return users, unknown
}

func name(u columns.User) string {
	if u.Dashboard != nil {
		return u.Dashboard.Title()
	}
	return u.Sheets[0].Name
}

// A column's dashboards are exactly those whose fields name it, and what is unknown is
// exactly what is not proven.
func TestColumnsAreUsedByThoseWhoseFieldsNameThem(t *testing.T) {
	for seed := range uint64(300) {
		s := randomSite(rand.New(rand.NewPCG(seed, 7)))
		g := graph(t, shop(), s)
		x := columns.Of(g)
		for i, model := range []string{"fct", "dim", "rpt"} {
			id, _ := g.Resource("model.shop." + model)
			r := x.Relation(id)
			var unknown []string
			for _, u := range r.Unknown {
				unknown = append(unknown, name(u.User))
			}
			for n := range 6 {
				column := fmt.Sprint("column_", n)
				users, unsure := oracle(s, fmt.Sprint("e", i), column)
				var got []string
				if c, _, ok := x.OfColumn(id, column); ok {
					for _, u := range c.Users {
						got = append(got, name(u))
					}
					if c.Origin != columns.FromTool && (r.Use(&c) == columns.Unused) != (len(users)+len(unsure) == 0) {
						t.Errorf("seed %d: %s.%s is %s", seed, model, column, r.Use(&c))
					}
				}
				if d := cmp.Diff(users, got) + cmp.Diff(unsure, unknown); d != "" {
					t.Fatalf("seed %d: %s.%s: want (-), got (+)\n%s", seed, model, column, d)
				}
				found := x.ByName(model, column)
				for _, d := range g.Dashboards() {
					uses := slices.Contains(users, d.Title())
					listed := slices.ContainsFunc(x.OfDashboard(d), func(c columns.Column) bool { return c.Relation == id && strings.EqualFold(c.Name, column) })
					if found[d.ID] != uses || listed != uses {
						t.Fatalf("seed %d: %s.%s of %s: found %t, listed %t, uses it %t", seed, model, column, d.Title(), found[d.ID], listed, uses)
					}
				}
			}
		}
	}
}

// one is the state of every column of a relation, by name, where one sheet names columns of
// its table.
func one(t *testing.T, p *model.Project, table string, named ...string) map[string]string {
	t.Helper()
	s := lineagetest.Tower(table)
	s.Columns = []model.TableColumn{}
	s.Sheets[0].Columns.Known = true
	for i, n := range named {
		s.Columns = append(s.Columns, model.TableColumn{TableID: "t0", Name: n})
		s.Sheets[0].Columns.At = append(s.Sheets[0].Columns.At, int32(i))
	}
	modeltest.Place(&s.Tables[0]).ConnectionType = p.Adapter
	g := graph(t, p, s)
	id, _ := g.Resource("model.shop." + strings.ToLower(table))
	r := columns.Of(g).Relation(id)
	out := map[string]string{}
	for i := range r.Columns {
		c := &r.Columns[i]
		out[c.Name] = strings.TrimPrefix(out[c.Name]+"; "+c.Origin.String()+" "+r.Use(c).String(), "; ")
	}
	return out
}

// A name is compared as the warehouse does, and a difference in case that may mean another
// column is neither a use nor proof that there is none.
func TestNamesOfColumns(t *testing.T) {
	in := func(adapter string, catalog, yaml []*model.Column) *model.Project {
		p := lineagetest.Shop()
		p.Adapter = adapter
		for i := range p.Resources {
			r := &p.Resources[i]
			if r.Name == "fct" {
				modeltest.Extra(r).Columns = yaml
			}
			modeltest.Extra(r).RelationName = strings.ReplaceAll(r.RelationName(), `"`, "")
		}
		if catalog != nil {
			p.Catalog = map[string][]*model.Column{"model.shop.fct": catalog}
		}
		return p
	}
	c := func(names ...string) (out []*model.Column) {
		for _, n := range names {
			text, quoted := strings.CutPrefix(n, `"`)
			out = append(out, &model.Column{Name: text, Quoted: quoted})
		}
		return out
	}
	for name, test := range map[string]struct {
		p     *model.Project
		table string
		named []string
		want  map[string]string
	}{
		"snowflake folds what YAML writes": {
			in("snowflake", nil, c("order_id", "discount")), "FCT",
			[]string{"ORDER_ID"},
			map[string]string{"order_id": "yaml used", "discount": "yaml unused"},
		},
		"what snowflake stores is exact": {
			in("snowflake", c("ORDER_ID", "order_id"), c("order_id")), "FCT",
			[]string{"ORDER_ID"},
			map[string]string{"ORDER_ID": "warehouse used", "order_id": "warehouse unused"},
		},
		"another case in snowflake": {
			in("snowflake", c("ORDER_ID"), nil), "FCT",
			[]string{"order_id"},
			map[string]string{"ORDER_ID": "warehouse unknown", "order_id": "tableau used"},
		},
		"quoted in YAML": {
			in("postgres", nil, c(`"Order Id`, "discount")), "fct",
			[]string{"Order Id", "DISCOUNT"},
			map[string]string{"Order Id": "yaml used", "discount": "yaml used"},
		},
		"case means nothing in redshift": {
			in("redshift", c("order_id"), c("Order_ID")), "fct",
			[]string{"ORDER_ID"},
			map[string]string{"order_id": "warehouse used"},
		},
		"YAML that the warehouse does not have": {
			in("postgres", c("order_id"), c("order_id", "gone")), "fct",
			[]string{"order_id", "new"},
			map[string]string{"order_id": "warehouse used", "gone": "yaml unused", "new": "tableau used"},
		},
		"two that fold to one": {
			in("redshift", nil, c("a", "A")), "fct",
			[]string{"a", "A"},
			map[string]string{"a": "yaml unknown; tableau used", "A": "yaml unknown; tableau used"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(test.want, one(t, test.p, test.table, test.named...)); d != "" {
				t.Errorf("want (-), got (+)\n%s", d)
			}
		})
	}
}

// Without columns nothing is used, and nothing is unused.
func TestColumnsThatWereNotFetched(t *testing.T) {
	s := lineagetest.Tower("fct")
	g := graph(t, shop(), s)
	id, _ := g.Resource("model.shop.fct")
	x := columns.Of(g)
	r := x.Relation(id)
	if len(r.Columns) != 3 || r.Use(&r.Columns[0]) != columns.NotKnown || len(r.NotFetched) != 1 || len(x.ByName("", "column_1")) > 0 {
		t.Errorf("%+v", r)
	}
	if why := x.Unknown(g.Dashboards()[0], id); why != columns.NotFetched {
		t.Error(why)
	}
}

// Without a site nothing shows that a column is unused.
func TestColumnsWithoutASite(t *testing.T) {
	g := graph(t, shop())
	id, _ := g.Resource("model.shop.fct")
	r := columns.Of(g).Relation(id)
	if len(r.Columns) != 3 || r.Use(&r.Columns[0]) != columns.NotKnown || r.Proven() {
		t.Errorf("%+v", r)
	}
}

// Work grows with what is there, not with its square.
func TestColumnsGrow(t *testing.T) {
	growth.Check(t, 200, func(n int) growth.Run {
		tables := make([]string, n)
		for i := range tables {
			tables[i] = "fct"
		}
		s := lineagetest.Tower(tables...)
		s.Columns = []model.TableColumn{}
		for i := range s.Sheets {
			s.Dashboards[i].LUID = fmt.Sprint("luid-", i)
			s.Columns = append(s.Columns, model.TableColumn{TableID: s.Tables[i].ID, Name: fmt.Sprint("column_", i)})
			s.Sheets[i].Columns = model.SheetColumns{Known: true, At: []int32{int32(i)}}
		}
		g := graph(t, shop(), s)
		id, _ := g.Resource("model.shop.fct")
		return func() int {
			x := columns.Of(g)
			for _, d := range g.Dashboards() {
				x.OfDashboard(d)
			}
			return len(x.Relation(id).Columns) + len(x.ByName("fct", "column_7"))
		}
	})
}
