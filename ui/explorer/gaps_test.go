package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/ui/screentest"
)

// mirror is the small site with two dashboards on a copy of the database: one on
// two tables of it, one on those and a table that dbt does not know.
func mirror(tables ...string) *model.Site {
	s := tower()
	s.Workbooks = append(s.Workbooks, model.Workbook{ID: "w3", LUID: "w3", Name: "Mirror", ContainerLUID: "p1", ContainerName: "Sales"})
	for _, t := range tables {
		s.Tables = append(s.Tables, model.Table{ID: "m-" + t, Name: t, Schema: "marts", FullName: "[marts].[" + t + "]", Database: "shop_prod", ConnectionType: "postgres"})
	}
	for i, name := range []string{"Mirrored", "Mirrored and more"} {
		id := "m" + string(rune('1'+i))
		ds := model.Datasource{ID: "e" + id, Name: "copy", WorkbookID: "w3"}
		for _, t := range tables {
			ds.TableIDs = append(ds.TableIDs, "m-"+t)
		}
		if i == 1 {
			ds.TableIDs = append(ds.TableIDs, "t-unknown_thing")
		}
		s.Datasources = append(s.Datasources, ds)
		s.Sheets = append(s.Sheets, model.Sheet{ID: "s" + id, Name: "Copied", WorkbookID: "w3", DatasourceIDs: []string{ds.ID}})
		s.Dashboards = append(s.Dashboards, model.Dashboard{
			ID: id, LUID: "00000000-0000-0000-0000-0000000000" + id, Name: name, Path: "w3/" + id, WorkbookID: "w3", SheetIDs: []string{"s" + id},
		})
	}
	return s
}

func openMirror(t testing.TB, width, height int, tables ...string) (*screentest.Screen, *fake) {
	t.Helper()
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{mirror(tables...)}}
	return screentest.New(t, New(f, options()), width, height), f
}

func TestGapsAreGroupedByReasonWithTheCure(t *testing.T) {
	s, _ := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.Press("3").Has("4 of 7 dashboards fully linked", "Another database than dbt's", "2 dashboards", "No such table in dbt")
	s.Has("custom SQL", "0 understood in full, 0 not") // the ledger in the details
	s.Press("j", "l").Has("Mirrored and more", "0 of 3", "apply the map", "· map shop_prod → shop")
	s.Press("j", "l", "j").Has("▌       ? ", "map?", "pin postgres://shop_prod.marts.fct_orders", "p shows the whole evidence")
	s.Press("/", "unknown_thing", "enter").Has("2 hits", "✗  shop.marts.unknown_thing")
}

func TestACureIsShownThenKeptThenUndone(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.Press("3", "j", "l", "j", "c")
	s.Has("What to do about Mirrored", "map shop_prod → shop", "links 2 tables of 2 dashboards, 1 of which would then be fully linked",
		"pin postgres://shop_prod.marts.fct_orders to model.shop.fct_orders", "sets aside 1 table of 2 dashboards")
	s.Click(6, 7).Has("▌ pin postgres://shop_prod.marts.fct_orders").Click(6, 2).Has("▌ pin")
	s.Press("g").Has("▌ map").Press("esc").Has("[3 Gaps]", "4 of 7")
	if len(f.cures) != 0 {
		t.Fatal("kept before it was confirmed")
	}
	s.Press("c", "enter").Has("kept: map shop_prod → shop", "5 of 7 dashboards").Hasnt("Another database")
	s.Press("u").Has("undo: map shop_prod → shop", "4 of 7 dashboards", "Another database")
	s.Press("ctrl+r").Has("redo: map shop_prod → shop", "5 of 7")
	s.Press("u", "c", "down", "down", "down", "down", "down", "enter").Has("kept: ignore")
	if len(f.cures) != 1 || f.cures[0].Ignore == nil {
		t.Errorf("kept %v", f.cures)
	}
}

// One key takes back decisions and cures in the order they were made.
func TestUndoGoesThroughDecisionsAndCures(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.Press("2", "/", "details", "enter", "space").Has("[✓] Order Details")
	s.Press("esc", "3", "g", "j", "c", "enter").Has("kept: map")
	s.Press("2", "/", "rates", "enter", "space").Has("2 included")
	s.Press("u").Has("1 included").Press("u").Has("undo: map").Press("u").Has("0 included")
	s.Press("u").Has("nothing to undo")
	s.Press("ctrl+r").Has("1 included").Press("ctrl+r").Has("redo: map").Press("ctrl+r").Has("2 included")
	s.Press("ctrl+r").Has("nothing to redo")
	s.Press("u", "space").Press("ctrl+r").Has("nothing to redo")
	if len(f.cures) != 1 {
		t.Errorf("kept %v", f.cures)
	}
}

func TestACureThatCannotBeKeptChangesNothing(t *testing.T) {
	s, f := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	f.cureErr = errDisk
	s.Press("3", "j", "c", "enter").Has("not kept: no space left", "4 of 7", "Another database")
	s.Press("u").Has("nothing to undo")
	f.cureErr = nil
	s.Press("c", "enter").Has("5 of 7")
	f.cureErr = errDisk
	s.Press("u").Has("not kept: no space left", "5 of 7")
	f.cureErr = nil
	s.Press("u").Has("4 of 7")
	f.cureErr = errDisk
	s.Press("ctrl+r").Has("not kept")
	f.cureErr = nil
	s.Press("ctrl+r").Has("5 of 7")
}

func TestProposedMapAndOtherEnvironment(t *testing.T) {
	site := mirror("fct_orders", "fct_returns", "dim_customers", "stg_orders", "nobody_reads_me")
	s := screentest.New(t, New(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, options()), 120, 36)
	s.Press("3").Has("Proposed: shop_prod → shop explains 5 tables", "A map is proposed", "c applies it")
	s.Press("c").Has("links 5 tables of 2 dashboards").Press("enter").Has("kept: map").Hasnt("Proposed")
	for i := range site.Tables {
		site.Tables[i].Database = "shop_prod"
	}
	s = screentest.New(t, New(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, options()), 120, 36)
	s.Press("3").Has("This manifest is from another environment", "The dashboards read shop_prod")
	s.Press("c").Has("no decision can fix this row")
}

func TestTheWholeEvidence(t *testing.T) {
	s, _ := openMirror(t, 120, 36, "fct_orders", "fct_returns")
	s.Press("p").Has("put the cursor on a dashboard")
	s.Press("2", "/", "overview", "enter", "p")
	s.Has("It reads 2 tables; dbt knows all of them.", "is the model fct_orders of the project shop. That is certain.",
		"Why ", "Database, schema and table are those of model.shop.fct_orders", "Warehouse ", "sheet \"Sheet\" > embedded \"Order Overview data\"")
	s.Press("G", "esc", "l", "j", "p").Has("is the model fct_orders").Hasnt("is the model dim_customers").Press("p")
	s.Press("esc", "3", "j", "l", "j", "l", "j", "p").Has("may be the model fct_orders of the project shop. A person has to say so.", "Decide")
}

func TestGapsWithoutGaps(t *testing.T) {
	site := tower()
	site.Dashboards = site.Dashboards[:2]
	s := screentest.New(t, New(&fake{projects: []*model.Project{shop()}, sites: []*model.Site{site}}, options()), 120, 30)
	s.Press("3").Has("2 of 2 dashboards fully linked").Press("c").Has("no decision can fix this row")
	s = screentest.New(t, New(&fake{projects: []*model.Project{shop()}}, options()), 80, 24)
	s.Press("3").Has("No dashboards yet.")
}

func TestGapsOnSmallScreens(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {24, 6}, {80, 24}} {
		s, _ := openMirror(t, size[0], size[1], "fct_orders", "fct_returns")
		for _, k := range []string{"3", "j", "l", "j", "c", "j", "j", "G", "g", "esc", "p", "G", "esc", "tab", "G", "tab", "c", "enter", "u"} {
			s.Press(k).Raw()
		}
		s.Resize(30, 8)
		s.Press("p").Raw()
	}
}
